<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>GraphActions</name>
    <message>
        <source>Select upstream</source>
        <translation>选择上游节点</translation>
    </message>
    <message>
        <source>Select downstream</source>
        <translation>选择下游节点</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>复制名称</translation>
    </message>
    <message>
        <source>Show in the inspector</source>
        <translation>在检查器中显示</translation>
    </message>
    <message>
        <source>Rename node…</source>
        <translation>重命名节点…</translation>
    </message>
    <message>
        <source>Rename tensor…</source>
        <translation>重命名张量…</translation>
    </message>
    <message>
        <source>Cut out the selected nodes</source>
        <translation>截取所选节点</translation>
    </message>
    <message>
        <source>Go to input</source>
        <translation>转到输入</translation>
    </message>
    <message>
        <source>Go to output</source>
        <translation>转到输出</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in “%1”</source>
        <translation>在“%1”中显示</translation>
    </message>
    <message>
        <source>Nothing of it is left there.</source>
        <translation>那里已没有对应的节点。</translation>
    </message>
    <message>
        <source>Rename node</source>
        <translation>重命名节点</translation>
    </message>
    <message>
        <source>New name of %1</source>
        <translation>%1 的新名称</translation>
    </message>
    <message>
        <source>Rename node to %1</source>
        <translation>将节点重命名为 %1</translation>
    </message>
    <message>
        <source>Rename tensor</source>
        <translation>重命名张量</translation>
    </message>
    <message>
        <source>Rename tensor to %1</source>
        <translation>将张量重命名为 %1</translation>
    </message>
    <message>
        <source>Cut out</source>
        <translation>截取</translation>
    </message>
    <message>
        <source>%1, part</source>
        <translation>%1（部分）</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>Handwritten digits, small CNN</source>
        <translation>手写数字，小型 CNN</translation>
    </message>
    <message>
        <source>12 nodes, 8 x 8 images, comes with labelled data</source>
        <translation>12 个节点，8 × 8 图像，附带标注数据</translation>
    </message>
    <message>
        <source>Handwritten digits, residual network</source>
        <translation>手写数字，残差网络</translation>
    </message>
    <message>
        <source>Residual blocks in two stages, comes with labelled data</source>
        <translation>两级残差块，附带标注数据</translation>
    </message>
</context>
<context>
    <name>canvas::NodeMetric</name>
    <message>
        <source>Median time per node</source>
        <translation>每节点时间中位数</translation>
    </message>
    <message>
        <source>Error per node, SQNR</source>
        <translation>每节点误差，SQNR</translation>
    </message>
    <message>
        <source>Weights per node</source>
        <translation>每节点权重</translation>
    </message>
    <message>
        <source>Output memory per node</source>
        <translation>每节点输出内存</translation>
    </message>
    <message>
        <source>Median time per node on %1</source>
        <translation>%1 上每节点的时间中位数</translation>
    </message>
</context>
<context>
    <name>canvas::NodePainter</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>Basic clean-up</source>
        <translation>基本清理</translation>
    </message>
    <message>
        <source>Removes what computes nothing: identities, constants, duplicates, unused nodes. Outputs stay bit-exact.</source>
        <translation>移除不产生计算的部分：恒等、常量、重复和未使用的节点。输出逐位不变。</translation>
    </message>
    <message>
        <source>Extended</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>Basic, plus rewrites that merge arithmetic into weights and remove layout changes. Uses only operators the model&apos;s opset knows.</source>
        <translation>在基本清理之上，将算术运算并入权重并消除布局变换。只使用模型 opset 支持的算子。</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Extended, plus fusions into newer operators (LayerNormalization, Gelu, HardSwish). Needs opset 20 where a Gelu is made.</source>
        <translation>在扩展之上，融合为较新的算子（LayerNormalization、Gelu、HardSwish）。生成 Gelu 时需要 opset 20。</translation>
    </message>
    <message>
        <source>Move additions into biases</source>
        <translation>将加法并入偏置</translation>
    </message>
    <message>
        <source>Merges a constant added after a convolution or Gemm into its bias.</source>
        <translation>将卷积或 Gemm 之后加上的常量并入其偏置。</translation>
    </message>
    <message>
        <source>Merge common subexpressions</source>
        <translation>合并公共子表达式</translation>
    </message>
    <message>
        <source>Computes equal expressions once and stores equal constants once.</source>
        <translation>相同的表达式只计算一次，相同的常量只存储一份。</translation>
    </message>
    <message>
        <source>Fold scales into weights</source>
        <translation>将缩放折叠进权重</translation>
    </message>
    <message>
        <source>Merges multiplications by constants, and additions before an unpadded convolution or matrix product, into its weights.</source>
        <translation>将与常量的乘法，以及无填充卷积或矩阵乘之前的加法，并入其权重。</translation>
    </message>
    <message>
        <source>Fold batch normalization</source>
        <translation>折叠批归一化</translation>
    </message>
    <message>
        <source>Merges inference BatchNormalization into the convolution or matrix product beside it.</source>
        <translation>将推理态 BatchNormalization 并入相邻的卷积或矩阵乘。</translation>
    </message>
    <message>
        <source>Fold constants</source>
        <translation>常量折叠</translation>
    </message>
    <message>
        <source>Computes what depends on constants alone, as long as the model does not grow by more than 16 MB or a tenth.</source>
        <translation>预先计算仅依赖常量的部分，前提是模型增大不超过 16 MB 或十分之一。</translation>
    </message>
    <message>
        <source>Fuse GELU</source>
        <translation>融合 GELU</translation>
    </message>
    <message>
        <source>Recognises GELU written out with Erf or Tanh (needs opset 20).</source>
        <translation>识别用 Erf 或 Tanh 展开书写的 GELU（需要 opset 20）。</translation>
    </message>
    <message>
        <source>Fuse hard swish</source>
        <translation>融合 hard swish</translation>
    </message>
    <message>
        <source>Recognises HardSigmoid and HardSwish written out in basic operators (needs opset 14).</source>
        <translation>识别用基本算子展开书写的 HardSigmoid 和 HardSwish（需要 opset 14）。</translation>
    </message>
    <message>
        <source>Fuse layer normalization</source>
        <translation>融合层归一化</translation>
    </message>
    <message>
        <source>Recognises layer normalization written out in basic operators (needs opset 17).</source>
        <translation>识别用基本算子展开书写的层归一化（需要 opset 17）。</translation>
    </message>
    <message>
        <source>Fuse softmax</source>
        <translation>融合 softmax</translation>
    </message>
    <message>
        <source>Recognises softmax written out in basic operators, and the logarithm of a softmax.</source>
        <translation>识别用基本算子展开书写的 softmax，以及 softmax 的对数。</translation>
    </message>
    <message>
        <source>Cancel inverse pairs</source>
        <translation>消除互逆算子对</translation>
    </message>
    <message>
        <source>Merges neighbouring transposes and casts, and removes pairs that undo each other.</source>
        <translation>合并相邻的转置和类型转换，并移除相互抵消的算子对。</translation>
    </message>
    <message>
        <source>Write MatMul and Add as Gemm</source>
        <translation>MatMul + Add 转 Gemm</translation>
    </message>
    <message>
        <source>Merges a product of two matrices and the addition after it into one Gemm.</source>
        <translation>将两个矩阵的乘积与其后的加法合并为一个 Gemm。</translation>
    </message>
    <message>
        <source>Merge limits</source>
        <translation>合并截断</translation>
    </message>
    <message>
        <source>Merges neighbouring Relu, Clip, Min and Max with constants into one Clip.</source>
        <translation>将相邻的 Relu、Clip 以及带常量的 Min、Max 合并为一个 Clip。</translation>
    </message>
    <message>
        <source>Merge reshapes</source>
        <translation>合并变形</translation>
    </message>
    <message>
        <source>Turns chains of Reshape, Flatten, Squeeze and Unsqueeze into one Reshape.</source>
        <translation>将连续的 Reshape、Flatten、Squeeze 和 Unsqueeze 合并为一个 Reshape。</translation>
    </message>
    <message>
        <source>Merge padding into convolutions</source>
        <translation>将填充并入卷积</translation>
    </message>
    <message>
        <source>Merges a Pad with zeros into the convolution or pooling that reads it.</source>
        <translation>将补零的 Pad 并入读取其结果的卷积或池化。</translation>
    </message>
    <message>
        <source>Write spatial means as global pooling</source>
        <translation>将空间均值写成全局池化</translation>
    </message>
    <message>
        <source>Turns a mean or maximum over height and width into GlobalAveragePool or GlobalMaxPool.</source>
        <translation>将对高和宽求均值或最大值改写为 GlobalAveragePool 或 GlobalMaxPool。</translation>
    </message>
    <message>
        <source>Remove identities</source>
        <translation>移除恒等运算</translation>
    </message>
    <message>
        <source>Removes nodes that hand their input on unchanged: Identity, inference Dropout, casts, reshapes, pads, slices and arithmetic without effect.</source>
        <translation>移除原样传递输入的节点：Identity、推理态 Dropout，以及不起作用的类型转换、变形、填充、切片和算术运算。</translation>
    </message>
    <message>
        <source>Remove unused nodes</source>
        <translation>移除未使用的节点</translation>
    </message>
    <message>
        <source>Removes nodes, optional outputs and constants that no output depends on.</source>
        <translation>移除不被任何输出依赖的节点、可选输出和常量。</translation>
    </message>
    <message>
        <source>Simplify shape arithmetic</source>
        <translation>简化形状计算</translation>
    </message>
    <message>
        <source>Replaces shape computations whose result is known by constants.</source>
        <translation>将结果已知的形状计算替换为常量。</translation>
    </message>
    <message>
        <source>Move transposes down</source>
        <translation>下移转置</translation>
    </message>
    <message>
        <source>Moves transposes through operators that work on any layout, so that they cancel.</source>
        <translation>让转置穿过与布局无关的算子，使其相互抵消。</translation>
    </message>
    <message>
        <source>Convert to float16</source>
        <translation>转换为 float16</translation>
    </message>
    <message>
        <source>Halves the weights by storing them as 16-bit floats; sensitive operators stay in float32.</source>
        <translation>以 16 位浮点存储权重，体积减半；敏感算子保持 float32。</translation>
    </message>
    <message>
        <source>Keep in float32</source>
        <translation>保持 float32</translation>
    </message>
    <message>
        <source>Patterns of node names or operators that lose too much in 16 bits.</source>
        <translation>在 16 位下损失过大的节点名或算子的匹配模式。</translation>
    </message>
    <message>
        <source>Keep input and output types</source>
        <translation>保持输入输出类型</translation>
    </message>
    <message>
        <source>Inputs and outputs of the model stay float32, with a cast behind and before them.</source>
        <translation>模型的输入和输出保持 float32，在其后、其前插入类型转换。</translation>
    </message>
    <message>
        <source>Quantize to int8</source>
        <translation>量化为 int8</translation>
    </message>
    <message>
        <source>Static 8-bit quantization with calibration data: four times smaller weights, integer arithmetic. Folds batch normalization first.</source>
        <translation>用校准数据做静态 8 位量化：权重缩小为四分之一，整数运算。会先折叠批归一化。</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准方法</translation>
    </message>
    <message>
        <source>How the range of each value is chosen: all that was seen, a percentile, least squared error, or least divergence.</source>
        <translation>如何选择每个值的范围：全部观测范围、百分位数、最小均方误差或最小 KL 散度。</translation>
    </message>
    <message>
        <source>minmax</source>
        <translation>最小/最大值</translation>
    </message>
    <message>
        <source>percentile</source>
        <translation>百分位数</translation>
    </message>
    <message>
        <source>mse</source>
        <translation>均方误差 (MSE)</translation>
    </message>
    <message>
        <source>kl</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>百分位数</translation>
    </message>
    <message>
        <source>Share of the numbers that must not saturate, at each end; for percentile calibration.</source>
        <translation>两端各自不得饱和的数值所占比例；用于百分位数校准。</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Samples run at once; a model with a fixed batch uses that.</source>
        <translation>一次运行的样本数；批大小固定的模型使用其自身的值。</translation>
    </message>
    <message>
        <source>Per-channel weights</source>
        <translation>逐通道权重</translation>
    </message>
    <message>
        <source>One scale for each output channel instead of one for the tensor.</source>
        <translation>每个输出通道使用一个缩放因子，而不是整个张量共用一个。</translation>
    </message>
    <message>
        <source>Correct biases</source>
        <translation>校正偏置</translation>
    </message>
    <message>
        <source>Biases take up what rounding the weights shifts the mean of each channel by; helps most without per-channel weights.</source>
        <translation>用偏置抵消权重取整对各通道均值造成的偏移；在不使用逐通道权重时效果最明显。</translation>
    </message>
    <message>
        <source>Symmetric activations</source>
        <translation>对称激活</translation>
    </message>
    <message>
        <source>Zero point 0 for activations, which GPUs ask for; half the codes of a Relu are lost.</source>
        <translation>激活的零点取 0，适合 GPU 的要求；Relu 会损失一半的编码。</translation>
    </message>
    <message>
        <source>Activation type</source>
        <translation>激活类型</translation>
    </message>
    <message>
        <source>int8</source>
        <translation>int8</translation>
    </message>
    <message>
        <source>uint8</source>
        <translation>uint8</translation>
    </message>
    <message>
        <source>Keep in float</source>
        <translation>保持浮点</translation>
    </message>
    <message>
        <source>Patterns of node names or operators that stay in float, e.g. head_*, Softmax.</source>
        <translation>保持浮点的节点名或算子的匹配模式，例如 head_*、Softmax。</translation>
    </message>
    <message>
        <source>ONNX</source>
        <translation>ONNX</translation>
    </message>
    <message>
        <source>Operator set</source>
        <translation>算子集 (opset)</translation>
    </message>
    <message>
        <source>13 or newer; 0 takes the model&apos;s own, or the lowest that can express it.</source>
        <translation>13 或更新；0 表示采用模型自身的版本，或能表达该模型的最低版本。</translation>
    </message>
    <message>
        <source>Data file</source>
        <translation>数据文件</translation>
    </message>
    <message>
        <source>Weights in NAME.onnx.data beside the model; auto does so above 2 GB.</source>
        <translation>权重写入模型旁的 NAME.onnx.data；“自动”仅在超过 2 GB 时这样做。</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Table (.csv, .tsv)</source>
        <translation>表格 (.csv, .tsv)</translation>
    </message>
    <message>
        <source>Label column</source>
        <translation>标签列</translation>
    </message>
    <message>
        <source>Name or number of the column with labels (-1: the last); empty: a column named label, class, target, species or y; none: no labels.</source>
        <translation>标签所在列的名称或序号（-1：最后一列）；留空：名为 label、class、target、species 或 y 的列；none：无标签。</translation>
    </message>
    <message>
        <source>IDX (MNIST)</source>
        <translation>IDX (MNIST)</translation>
    </message>
    <message>
        <source>Labels file</source>
        <translation>标签文件</translation>
    </message>
    <message>
        <source>The file that holds the labels; empty: the one beside the images whose name says so; none: no labels.</source>
        <translation>存放标签的文件；留空：图像文件旁按名称识别的标签文件；none：无标签。</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>train or test, when a folder is opened; empty: test.</source>
        <translation>打开文件夹时取 train 或 test；留空：test。</translation>
    </message>
    <message>
        <source>Images (folder, sub-folders are classes)</source>
        <translation>图像（文件夹，子文件夹即类别）</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>What each image is turned into; stored: as in the file.</source>
        <translation>每幅图像转换成的格式；stored：与文件一致。</translation>
    </message>
    <message>
        <source>rgb</source>
        <translation>RGB</translation>
    </message>
    <message>
        <source>gray</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>The sub-folder that holds the wanted part (train, test, val); empty: test first.</source>
        <translation>所需部分（train、test、val）所在的子文件夹；留空：优先 test。</translation>
    </message>
    <message>
        <source>NumPy arrays (.npz, .npy)</source>
        <translation>NumPy 数组 (.npz, .npy)</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>The array that holds the inputs; empty: by its name (x, test_x, images, ...).</source>
        <translation>存放输入的数组；留空：按名称识别（x、test_x、images 等）。</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>The array that holds the labels; empty: by its name (y, test_y, labels, ...); none: no labels.</source>
        <translation>存放标签的数组；留空：按名称识别（y、test_y、labels 等）；none：无标签。</translation>
    </message>
    <message>
        <source>train, test or val where a file holds several; empty: the one there is, test first.</source>
        <translation>文件含多个划分时取 train、test 或 val；留空：取已有的划分，优先 test。</translation>
    </message>
    <message>
        <source>Random numbers</source>
        <translation>随机数</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Dimensions of one sample.</source>
        <translation>单个样本的维度。</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Element type.</source>
        <translation>元素类型。</translation>
    </message>
    <message>
        <source>float32</source>
        <translation>float32</translation>
    </message>
    <message>
        <source>float16</source>
        <translation>float16</translation>
    </message>
    <message>
        <source>float64</source>
        <translation>float64</translation>
    </message>
    <message>
        <source>int32</source>
        <translation>int32</translation>
    </message>
    <message>
        <source>int64</source>
        <translation>int64</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>normal: mean 0, deviation 1; uniform: from low to high; integers: whole numbers from low to high.</source>
        <translation>normal：均值 0、标准差 1；uniform：下限至上限的均匀分布；integers：下限至上限的整数。</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>正态</translation>
    </message>
    <message>
        <source>uniform</source>
        <translation>均匀</translation>
    </message>
    <message>
        <source>integers</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>Smallest number.</source>
        <translation>最小值。</translation>
    </message>
    <message>
        <source>High</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Largest number.</source>
        <translation>最大值。</translation>
    </message>
    <message>
        <source>How many samples.</source>
        <translation>样本数量。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Same seed, same numbers.</source>
        <translation>种子相同，数值相同。</translation>
    </message>
    <message>
        <source>Sound (.wav, folder)</source>
        <translation>声音（.wav、文件夹）</translation>
    </message>
    <message>
        <source>mono: the mean, [frames]; stored: [channels, frames].</source>
        <translation>mono：取均值，[frames]；stored：[channels, frames]。</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>单声道</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Cut or fill up with silence to this many frames; 0: as it is.</source>
        <translation>裁剪或以静音补足到此帧数；0：保持原样。</translation>
    </message>
    <message>
        <source>The sub-folder that holds the wanted part (train, test, val).</source>
        <translation>所需部分（train、test、val）所在的子文件夹。</translation>
    </message>
    <message>
        <source>Cast</source>
        <translation>类型转换</translation>
    </message>
    <message>
        <source>To</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Element type the model expects.</source>
        <translation>模型要求的元素类型。</translation>
    </message>
    <message>
        <source>int16</source>
        <translation>int16</translation>
    </message>
    <message>
        <source>uint16</source>
        <translation>uint16</translation>
    </message>
    <message>
        <source>swap: RGB to BGR or back; rgb: gray is repeated; gray: weighted sum of RGB.</source>
        <translation>swap：RGB 与 BGR 互换；rgb：灰度重复为三通道；gray：RGB 加权求和。</translation>
    </message>
    <message>
        <source>swap</source>
        <translation>交换 RGB/BGR</translation>
    </message>
    <message>
        <source>gray_from_bgr</source>
        <translation>BGR 转灰度</translation>
    </message>
    <message>
        <source>Channel axis</source>
        <translation>通道轴</translation>
    </message>
    <message>
        <source>Which end of the shape are the channels; auto: the one that fits.</source>
        <translation>通道位于形状的哪一端；auto：取相符的一端。</translation>
    </message>
    <message>
        <source>first</source>
        <translation>首</translation>
    </message>
    <message>
        <source>last</source>
        <translation>尾</translation>
    </message>
    <message>
        <source>Crop the centre</source>
        <translation>中心裁剪</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>One number for both sides, or height,width.</source>
        <translation>一个数用于两边，或写成 高,宽。</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Order of channels (C), height (H) and width (W).</source>
        <translation>通道 (C)、高 (H) 和宽 (W) 的顺序。</translation>
    </message>
    <message>
        <source>CHW</source>
        <translation>CHW</translation>
    </message>
    <message>
        <source>HWC</source>
        <translation>HWC</translation>
    </message>
    <message>
        <source>HW</source>
        <translation>HW</translation>
    </message>
    <message>
        <source>From</source>
        <translation>源</translation>
    </message>
    <message>
        <source>The order before; auto: the other one, as files hold HWC.</source>
        <translation>变换前的顺序；auto：取另一种，因为文件采用 HWC。</translation>
    </message>
    <message>
        <source>Normalize</source>
        <translation>标准化</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Subtracted: one number, or one a channel.</source>
        <translation>减去的值：一个数，或每个通道一个。</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Divides: one number, or one a channel.</source>
        <translation>除以的值：一个数，或每个通道一个。</translation>
    </message>
    <message>
        <source>Which end of the shape are the channels; auto: the one with as many.</source>
        <translation>通道位于形状的哪一端；auto：取数量相符的一端。</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>偏移</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>It is added to every number.</source>
        <translation>加到每个数上。</translation>
    </message>
    <message>
        <source>Reshape</source>
        <translation>变形</translation>
    </message>
    <message>
        <source>New dimensions of a sample; -1 stands for the one that follows from the rest.</source>
        <translation>样本的新维度；-1 表示由其余维度推出。</translation>
    </message>
    <message>
        <source>Resize</source>
        <translation>缩放尺寸</translation>
    </message>
    <message>
        <source>One number: the shorter side becomes it and the aspect stays. Two: height,width.</source>
        <translation>一个数：短边缩放到该值，宽高比不变。两个数：高,宽。</translation>
    </message>
    <message>
        <source>Antialias</source>
        <translation>抗锯齿</translation>
    </message>
    <message>
        <source>Average over all source pixels when shrinking, as Pillow does.</source>
        <translation>缩小时对所有源像素取平均，与 Pillow 一致。</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放数值</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>Every number is multiplied by it; the default brings 0..255 to 0..1.</source>
        <translation>每个数都乘以该系数；默认将 0..255 变为 0..1。</translation>
    </message>
    <message>
        <source>y = |x|</source>
        <translation>y = |x|</translation>
    </message>
    <message>
        <source>y = arccos(x)</source>
        <translation>y = arccos(x)</translation>
    </message>
    <message>
        <source>y = arcosh(x)</source>
        <translation>y = arcosh(x)</translation>
    </message>
    <message>
        <source>c = a + b</source>
        <translation>c = a + b</translation>
    </message>
    <message>
        <source>Sampling positions of an affine map</source>
        <translation>仿射变换的采样位置</translation>
    </message>
    <message>
        <source>c = a and b</source>
        <translation>c = a 与 b</translation>
    </message>
    <message>
        <source>y = the index of the greatest x along an axis</source>
        <translation>y = x 沿某轴最大值的索引</translation>
    </message>
    <message>
        <source>y = the index of the smallest x along an axis</source>
        <translation>y = x 沿某轴最小值的索引</translation>
    </message>
    <message>
        <source>y = arcsin(x)</source>
        <translation>y = arcsin(x)</translation>
    </message>
    <message>
        <source>y = arsinh(x)</source>
        <translation>y = arsinh(x)</translation>
    </message>
    <message>
        <source>y = arctan(x)</source>
        <translation>y = arctan(x)</translation>
    </message>
    <message>
        <source>y = artanh(x)</source>
        <translation>y = artanh(x)</translation>
    </message>
    <message>
        <source>Scaled dot-product attention: softmax(scale Q K^T + mask) V</source>
        <translation>缩放点积注意力：softmax(scale Q K^T + mask) V</translation>
    </message>
    <message>
        <source>y = mean of each window</source>
        <translation>y = 每个窗口的均值</translation>
    </message>
    <message>
        <source>y = (x - mean) / sqrt(var + epsilon) * scale + B by channel</source>
        <translation>y = (x - mean) / sqrt(var + epsilon) * scale + B，逐通道</translation>
    </message>
    <message>
        <source>1 with probability x, else 0</source>
        <translation>以概率 x 取 1，否则取 0</translation>
    </message>
    <message>
        <source>z = x &lt;&lt; y or x &gt;&gt; y</source>
        <translation>z = x &lt;&lt; y 或 x &gt;&gt; y</translation>
    </message>
    <message>
        <source>c = a and b, bit by bit</source>
        <translation>c = a 与 b，按位</translation>
    </message>
    <message>
        <source>y = not x, bit by bit</source>
        <translation>y = 非 x，按位</translation>
    </message>
    <message>
        <source>c = a or b, bit by bit</source>
        <translation>c = a 或 b，按位</translation>
    </message>
    <message>
        <source>c = either a or b, not both, bit by bit</source>
        <translation>c = a 异或 b，按位</translation>
    </message>
    <message>
        <source>w[n] = 0.42 - 0.5 cos(2 pi n/N) + 0.08 cos(4 pi n/N)</source>
        <translation>w[n] = 0.42 - 0.5 cos(2 pi n/N) + 0.08 cos(4 pi n/N)</translation>
    </message>
    <message>
        <source>y = x converted to type `to`</source>
        <translation>y = 转换为类型 `to` 的 x</translation>
    </message>
    <message>
        <source>y = x converted to the type of the second input</source>
        <translation>y = 转换为第二个输入的类型的 x</translation>
    </message>
    <message>
        <source>y = ceil(x)</source>
        <translation>y = ceil(x)</translation>
    </message>
    <message>
        <source>y = max(0, x) + min(0, alpha * (exp(x / alpha) - 1))</source>
        <translation>y = max(0, x) + min(0, alpha * (exp(x / alpha) - 1))</translation>
    </message>
    <message>
        <source>Crops or pads axes evenly on both ends to the given sizes</source>
        <translation>在两端对称裁剪或填充各轴，使其达到给定大小</translation>
    </message>
    <message>
        <source>y = min(max(x, low), high)</source>
        <translation>y = min(max(x, low), high)</translation>
    </message>
    <message>
        <source>Puts columns of flattened blocks back into an image, adding up where they overlap</source>
        <translation>将展平的块列放回图像，重叠处相加</translation>
    </message>
    <message>
        <source>y = x/2 (1 + erf(x/sqrt(2)))</source>
        <translation>y = x/2 (1 + erf(x/sqrt(2)))</translation>
    </message>
    <message>
        <source>Matrix product of a real operand, quantized on the way, with a quantized one</source>
        <translation>浮点操作数（途中量化）与量化操作数的矩阵乘</translation>
    </message>
    <message>
        <source>y = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))</source>
        <translation>y = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))</translation>
    </message>
    <message>
        <source>y = activation(conv(X, W) + B + Z)</source>
        <translation>y = activation(conv(X, W) + B + Z)</translation>
    </message>
    <message>
        <source>y = alpha A&apos; B&apos; with transposes</source>
        <translation>y = alpha A&apos; B&apos;，可转置</translation>
    </message>
    <message>
        <source>Matrix product of quantized numbers with a real result</source>
        <translation>量化数的矩阵乘，结果为浮点</translation>
    </message>
    <message>
        <source>Matrix product with weights in blocks of a few bits</source>
        <translation>权重按块以低位宽存储的矩阵乘</translation>
    </message>
    <message>
        <source>Matrix product of quantized numbers with addend</source>
        <translation>量化数的矩阵乘，带加数</translation>
    </message>
    <message>
        <source>Sum of quantized numbers</source>
        <translation>量化数之和</translation>
    </message>
    <message>
        <source>Mean of each window of quantized numbers</source>
        <translation>量化数每个窗口的均值</translation>
    </message>
    <message>
        <source>Joins quantized tensors along an axis</source>
        <translation>沿某轴拼接量化张量</translation>
    </message>
    <message>
        <source>Mean of quantized numbers over all spatial axes</source>
        <translation>量化数在所有空间轴上的均值</translation>
    </message>
    <message>
        <source>x &gt;= 0 ? x : alpha x of quantized numbers</source>
        <translation>量化数的 x &gt;= 0 ? x : alpha x</translation>
    </message>
    <message>
        <source>Product of quantized numbers</source>
        <translation>量化数之积</translation>
    </message>
    <message>
        <source>1 / (1 + exp(-x)) of quantized numbers</source>
        <translation>量化数的 1 / (1 + exp(-x))</translation>
    </message>
    <message>
        <source>Softmax of quantized numbers</source>
        <translation>量化数的 softmax</translation>
    </message>
    <message>
        <source>y = x / sqrt(mean(x^2) + epsilon) * scale over the last axes</source>
        <translation>y = x / sqrt(mean(x^2) + epsilon) * scale，在末尾若干轴上</translation>
    </message>
    <message>
        <source>Layer normalisation of input + skip + bias</source>
        <translation>对 input + skip + bias 做层归一化</translation>
    </message>
    <message>
        <source>y = what of x a condition keeps</source>
        <translation>y = x 中满足条件而保留的部分</translation>
    </message>
    <message>
        <source>y = the inputs joined along one axis</source>
        <translation>y = 沿某轴拼接的各输入</translation>
    </message>
    <message>
        <source>y = the value of the one attribute that is set</source>
        <translation>y = 所设属性的值</translation>
    </message>
    <message>
        <source>y = one value at every place of a shape</source>
        <translation>y = 给定形状，处处取同一个值</translation>
    </message>
    <message>
        <source>Convolution: y = b + sum of x shifted times w</source>
        <translation>卷积：y = b + Σ(平移的 x · w)</translation>
    </message>
    <message>
        <source>Convolution of quantized numbers with sums in int32</source>
        <translation>量化数的卷积，以 int32 累加</translation>
    </message>
    <message>
        <source>Transposed convolution: each input element spreads its kernel over the output</source>
        <translation>转置卷积：每个输入元素将其卷积核铺展到输出上</translation>
    </message>
    <message>
        <source>y = cos(x)</source>
        <translation>y = cos(x)</translation>
    </message>
    <message>
        <source>y = cosh(x)</source>
        <translation>y = cosh(x)</translation>
    </message>
    <message>
        <source>y = the running sum of x along an axis</source>
        <translation>y = x 沿某轴的累积和</translation>
    </message>
    <message>
        <source>sequence of the inputs</source>
        <translation>由各输入组成的序列</translation>
    </message>
    <message>
        <source>sequence without elements</source>
        <translation>没有元素的序列</translation>
    </message>
    <message>
        <source>element of a sequence at a position</source>
        <translation>序列中某个位置的元素</translation>
    </message>
    <message>
        <source>sequence with a tensor put in before a position</source>
        <translation>在某个位置之前插入张量后的序列</translation>
    </message>
    <message>
        <source>sequence without the element at a position</source>
        <translation>去掉某个位置的元素后的序列</translation>
    </message>
    <message>
        <source>number of elements of a sequence</source>
        <translation>序列的元素个数</translation>
    </message>
    <message>
        <source>sequences of what a body gives for each element</source>
        <translation>由子图对每个元素的结果组成的序列</translation>
    </message>
    <message>
        <source>sequence of the pieces of x along one axis</source>
        <translation>x 沿一个轴切成的各段组成的序列</translation>
    </message>
    <message>
        <source>the tensors of a sequence joined or stacked along an axis</source>
        <translation>序列中的张量沿某轴连接或堆叠</translation>
    </message>
    <message>
        <source>optional that holds the input, or an empty one</source>
        <translation>包含输入的可选值，或空的可选值</translation>
    </message>
    <message>
        <source>true where an optional holds a value</source>
        <translation>可选值中有值时为真</translation>
    </message>
    <message>
        <source>value that an optional holds</source>
        <translation>可选值中的值</translation>
    </message>
    <message>
        <source>One step of gradient descent with momentum</source>
        <translation>带动量的梯度下降的一步</translation>
    </message>
    <message>
        <source>One step of Adam</source>
        <translation>Adam 的一步</translation>
    </message>
    <message>
        <source>Picks elements along the last axis: z[..., j] = x[..., y[j]]</source>
        <translation>沿最后一轴选取元素：z[..., j] = x[..., y[j]]</translation>
    </message>
    <message>
        <source>y = 1 where x &gt; threshold, else 0</source>
        <translation>x &gt; 阈值处 y = 1，否则为 0</translation>
    </message>
    <message>
        <source>y = (x - offset) * scale</source>
        <translation>y = (x - 偏移) * 缩放</translation>
    </message>
    <message>
        <source>Divides every row by its greatest element, sum of magnitudes or length</source>
        <translation>每行除以其最大元素、绝对值之和或长度</translation>
    </message>
    <message>
        <source>y = transform(x * coefficients^T + intercepts)</source>
        <translation>y = 变换(x * 系数^T + 截距)</translation>
    </message>
    <message>
        <source>The label of the greatest of x * coefficients^T + intercepts, and the scores</source>
        <translation>x * 系数^T + 截距中最大者的标签，以及各得分</translation>
    </message>
    <message>
        <source>Looks up every element among the keys and gives the value beside it</source>
        <translation>在键中查找每个元素，给出对应的值</translation>
    </message>
    <message>
        <source>The aggregated votes of decision trees, one score a target</source>
        <translation>决策树投票的聚合，每个目标一个得分</translation>
    </message>
    <message>
        <source>The label with most votes of decision trees, and the votes by class</source>
        <translation>决策树得票最多的标签，以及各类的得票</translation>
    </message>
    <message>
        <source>y = transform(sum of coefficient * kernel(x, support vector) + rho)</source>
        <translation>y = 变换(系数 * 核(x, 支持向量) 之和 + rho)</translation>
    </message>
    <message>
        <source>The class that wins most pairs by sums over kernels, and the scores</source>
        <translation>按核函数之和在两两比较中获胜最多的类，以及各得分</translation>
    </message>
    <message>
        <source>Replaces elements of one value, such as NaN, by another</source>
        <translation>把等于某值（如 NaN）的元素替换为另一值</translation>
    </message>
    <message>
        <source>Joins the features of all inputs row by row</source>
        <translation>逐行连接所有输入的特征</translation>
    </message>
    <message>
        <source>1 at the place of the element among the categories, 0 elsewhere, along a new axis</source>
        <translation>沿新轴在元素所属类别处为 1，其余为 0</translation>
    </message>
    <message>
        <source>Texts become the integers beside them in two lists, integers the texts</source>
        <translation>按两个对应列表把文本换成整数，把整数换成文本</translation>
    </message>
    <message>
        <source>Every row of scores becomes a map from the class labels to them</source>
        <translation>每行得分变成从类标签到得分的映射</translation>
    </message>
    <message>
        <source>The values of a map in the order of a vocabulary</source>
        <translation>映射的值，按词汇表排序</translation>
    </message>
    <message>
        <source>The values of a map in the order of its keys</source>
        <translation>映射的值，按键排序</translation>
    </message>
    <message>
        <source>One step of Adagrad</source>
        <translation>Adagrad 的一步</translation>
    </message>
    <message>
        <source>y = whether the whole text matches a regular expression</source>
        <translation>y = 整个文本是否匹配正则表达式</translation>
    </message>
    <message>
        <source>The parts of each text between delimiters</source>
        <translation>每个文本在分隔符之间的各部分</translation>
    </message>
    <message>
        <source>z = the texts of x followed by those of y</source>
        <translation>z = x 的文本后接 y 的文本</translation>
    </message>
    <message>
        <source>Attention by a state that each step changes: y = scale * S^T q</source>
        <translation>由每一步更新的状态实现的注意力：y = scale * S^T q</translation>
    </message>
    <message>
        <source>Convolution of each channel with its past, which goes on as a state</source>
        <translation>每个通道与其过去做卷积，过去作为状态传下去</translation>
    </message>
    <message>
        <source>y = a cache with new steps written into each row</source>
        <translation>y = 在每行各自位置写入新步的缓存</translation>
    </message>
    <message>
        <source>y = the bits of x read as type `to`</source>
        <translation>y = 将 x 的比特按类型 to 解读</translation>
    </message>
    <message>
        <source>y = the running product of x along an axis</source>
        <translation>y = x 沿某轴的累积乘积</translation>
    </message>
    <message>
        <source>The pixels of an image file</source>
        <translation>图像文件的像素</translation>
    </message>
    <message>
        <source>Attention whose scores and weights may be changed by bodies</source>
        <translation>分数与权重可由子图修改的注意力</translation>
    </message>
    <message>
        <source>Convolution that reads each tap at a moved place</source>
        <translation>在偏移后的位置读取每个抽头的卷积</translation>
    </message>
    <message>
        <source>y = channels moved into blocks of pixels</source>
        <translation>y = 将通道移入像素块</translation>
    </message>
    <message>
        <source>y = (x - zero point) * scale</source>
        <translation>y = (x - 零点) * scale</translation>
    </message>
    <message>
        <source>Determinant of each matrix</source>
        <translation>每个矩阵的行列式</translation>
    </message>
    <message>
        <source>Discrete Fourier transform along one axis</source>
        <translation>沿某轴的离散傅里叶变换</translation>
    </message>
    <message>
        <source>c = a / b; integers truncate towards 0</source>
        <translation>c = a / b；整数向 0 截断</translation>
    </message>
    <message>
        <source>y = x, or in training x * mask / (1 - ratio)</source>
        <translation>y = x；训练时为 x * mask / (1 - ratio)</translation>
    </message>
    <message>
        <source>Quantizes to uint8 with a scale and zero point found from the data</source>
        <translation>用由数据求得的缩放因子和零点量化为 uint8</translation>
    </message>
    <message>
        <source>Sum of products by index notation</source>
        <translation>按下标记法的乘积求和</translation>
    </message>
    <message>
        <source>y = x for x &gt;= 0, else alpha * (exp(x) - 1)</source>
        <translation>x &gt;= 0 时 y = x，否则 y = alpha * (exp(x) - 1)</translation>
    </message>
    <message>
        <source>c = a == b</source>
        <translation>c = a == b</translation>
    </message>
    <message>
        <source>y = erf(x)</source>
        <translation>y = erf(x)</translation>
    </message>
    <message>
        <source>y = exp(x)</source>
        <translation>y = exp(x)</translation>
    </message>
    <message>
        <source>y = x broadcast to a shape</source>
        <translation>y = 广播到给定形状的 x</translation>
    </message>
    <message>
        <source>y[i, i + k] = 1, else 0</source>
        <translation>y[i, i + k] = 1，其余为 0</translation>
    </message>
    <message>
        <source>y = x as a matrix</source>
        <translation>y = 写成矩阵的 x</translation>
    </message>
    <message>
        <source>y = floor(x)</source>
        <translation>y = floor(x)</translation>
    </message>
    <message>
        <source>y = rows of x picked by indices along one axis</source>
        <translation>y = 沿某轴按索引选取的 x 的行</translation>
    </message>
    <message>
        <source>y = elements of x picked by an index each along one axis</source>
        <translation>y = 沿某轴逐元素按索引选取的 x 的元素</translation>
    </message>
    <message>
        <source>y = blocks of x picked by index tuples</source>
        <translation>y = 按索引元组选取的 x 的块</translation>
    </message>
    <message>
        <source>y = x / 2 * (1 + erf(x / sqrt(2)))</source>
        <translation>y = x / 2 * (1 + erf(x / sqrt(2)))</translation>
    </message>
    <message>
        <source>Matrix product with addend: y = alpha A&apos; B&apos; + beta C</source>
        <translation>带加数的矩阵乘：y = alpha A&apos; B&apos; + beta C</translation>
    </message>
    <message>
        <source>y = mean over all spatial axes</source>
        <translation>y = 所有空间轴上的均值</translation>
    </message>
    <message>
        <source>y = p-norm over all spatial axes</source>
        <translation>y = 所有空间轴上的 p 范数</translation>
    </message>
    <message>
        <source>y = largest element over all spatial axes</source>
        <translation>y = 所有空间轴上的最大元素</translation>
    </message>
    <message>
        <source>c = a &gt; b</source>
        <translation>c = a &gt; b</translation>
    </message>
    <message>
        <source>c = a &gt;= b</source>
        <translation>c = a &gt;= b</translation>
    </message>
    <message>
        <source>Samples the input at the positions of a grid</source>
        <translation>在网格给定的位置对输入采样</translation>
    </message>
    <message>
        <source>y = scale (x - mean) / sqrt(variance + epsilon) + bias for each group of channels</source>
        <translation>y = scale (x - mean) / sqrt(variance + epsilon) + bias，按通道组</translation>
    </message>
    <message>
        <source>Gated recurrent unit over a sequence</source>
        <translation>序列上的门控循环单元 (GRU)</translation>
    </message>
    <message>
        <source>w[n] = 25/46 - 21/46 cos(2 pi n/N)</source>
        <translation>w[n] = 25/46 - 21/46 cos(2 pi n/N)</translation>
    </message>
    <message>
        <source>w[n] = 0.5 - 0.5 cos(2 pi n/N)</source>
        <translation>w[n] = 0.5 - 0.5 cos(2 pi n/N)</translation>
    </message>
    <message>
        <source>y = max(0, min(1, alpha * x + beta))</source>
        <translation>y = max(0, min(1, alpha * x + beta))</translation>
    </message>
    <message>
        <source>y = x * max(0, min(1, x / 6 + 0.5))</source>
        <translation>y = x * max(0, min(1, x / 6 + 0.5))</translation>
    </message>
    <message>
        <source>y = 1 at the first maximum along an axis, else 0</source>
        <translation>沿某轴首个最大值处 y = 1，其余为 0</translation>
    </message>
    <message>
        <source>y = x</source>
        <translation>y = x</translation>
    </message>
    <message>
        <source>outputs of then_branch where the condition holds, else of else_branch</source>
        <translation>条件成立时为 then_branch 的输出，否则为 else_branch 的输出</translation>
    </message>
    <message>
        <source>y = scale (x - mean) / sqrt(variance + epsilon) + B for each sample and channel</source>
        <translation>y = scale (x - mean) / sqrt(variance + epsilon) + B，按样本和通道</translation>
    </message>
    <message>
        <source>y = x is infinite</source>
        <translation>y = x 是否为无穷大</translation>
    </message>
    <message>
        <source>y = x is NaN</source>
        <translation>y = x 是否为 NaN</translation>
    </message>
    <message>
        <source>y = (x - mean) / sqrt(variance + epsilon) * scale + B over the last axes</source>
        <translation>y = (x - mean) / sqrt(variance + epsilon) * scale + B，在末尾若干轴上</translation>
    </message>
    <message>
        <source>y = x for x &gt;= 0, else alpha * x</source>
        <translation>x &gt;= 0 时 y = x，否则 y = alpha * x</translation>
    </message>
    <message>
        <source>c = a &lt; b</source>
        <translation>c = a &lt; b</translation>
    </message>
    <message>
        <source>c = a &lt;= b</source>
        <translation>c = a &lt;= b</translation>
    </message>
    <message>
        <source>y = ln(x)</source>
        <translation>y = ln(x)</translation>
    </message>
    <message>
        <source>y = ln(softmax(x)) along an axis</source>
        <translation>y = ln(softmax(x))，沿某轴</translation>
    </message>
    <message>
        <source>carried values after the last iteration, scan outputs stacked</source>
        <translation>最后一次迭代后的循环变量，以及堆叠的扫描输出</translation>
    </message>
    <message>
        <source>y = x / p-norm of x along the axis</source>
        <translation>y = x / x 沿该轴的 p 范数</translation>
    </message>
    <message>
        <source>y = p-norm of each window</source>
        <translation>y = 每个窗口的 p 范数</translation>
    </message>
    <message>
        <source>Local response normalisation across neighbouring channels</source>
        <translation>跨相邻通道的局部响应归一化</translation>
    </message>
    <message>
        <source>Long short-term memory over a sequence</source>
        <translation>序列上的长短期记忆网络 (LSTM)</translation>
    </message>
    <message>
        <source>Matrix product: y = a b over the last two dimensions</source>
        <translation>矩阵乘：y = a b，在最后两个维度上</translation>
    </message>
    <message>
        <source>Matrix product of quantized numbers with sums in int32</source>
        <translation>量化数的矩阵乘，以 int32 累加</translation>
    </message>
    <message>
        <source>y = max(x0, x1, ...)</source>
        <translation>y = max(x0, x1, ...)</translation>
    </message>
    <message>
        <source>y = largest element of each window</source>
        <translation>y = 每个窗口的最大元素</translation>
    </message>
    <message>
        <source>Largest element of each bin of regions of interest</source>
        <translation>感兴趣区域每个格子中的最大元素</translation>
    </message>
    <message>
        <source>Puts elements back where MaxPool took them from</source>
        <translation>将元素放回 MaxPool 取出它们的位置</translation>
    </message>
    <message>
        <source>y = (x0 + x1 + ...) / n</source>
        <translation>y = (x0 + x1 + ...) / n</translation>
    </message>
    <message>
        <source>y = (x - mean) / (sqrt(variance) + 1e-9) over the axes</source>
        <translation>y = (x - mean) / (sqrt(variance) + 1e-9)，在给定轴上</translation>
    </message>
    <message>
        <source>Weights that gather a spectrum into mel bins</source>
        <translation>将频谱汇集到梅尔频带的权重</translation>
    </message>
    <message>
        <source>y = min(x0, x1, ...)</source>
        <translation>y = min(x0, x1, ...)</translation>
    </message>
    <message>
        <source>y = x * tanh(softplus(x))</source>
        <translation>y = x * tanh(softplus(x))</translation>
    </message>
    <message>
        <source>c = a mod b; the sign of b, or of a with fmod</source>
        <translation>c = a mod b；符号与 b 相同，fmod 时与 a 相同</translation>
    </message>
    <message>
        <source>c = a * b</source>
        <translation>c = a * b</translation>
    </message>
    <message>
        <source>Draws class indices from rows of log-probabilities</source>
        <translation>按各行对数概率抽取类别索引</translation>
    </message>
    <message>
        <source>y = -x</source>
        <translation>y = -x</translation>
    </message>
    <message>
        <source>loss = -weight of the target class * its log-probability</source>
        <translation>loss = -目标类别的权重 * 其对数概率</translation>
    </message>
    <message>
        <source>Keeps the best of boxes that overlap</source>
        <translation>在重叠的框中保留最佳者（非极大值抑制）</translation>
    </message>
    <message>
        <source>y = the indices of what is not 0 in x</source>
        <translation>y = x 中非 0 元素的索引</translation>
    </message>
    <message>
        <source>y = not x</source>
        <translation>y = 非 x</translation>
    </message>
    <message>
        <source>y = values[1] at the index, values[0] elsewhere, along a new axis</source>
        <translation>沿新轴，索引处 y = values[1]，其余为 values[0]</translation>
    </message>
    <message>
        <source>c = a or b</source>
        <translation>c = a 或 b</translation>
    </message>
    <message>
        <source>y = x for x &gt;= 0, else slope * x</source>
        <translation>x &gt;= 0 时 y = x，否则 y = slope * x</translation>
    </message>
    <message>
        <source>y = x with elements added around it</source>
        <translation>y = 四周填充了元素的 x</translation>
    </message>
    <message>
        <source>z = x ^ y</source>
        <translation>z = x ^ y</translation>
    </message>
    <message>
        <source>Convolution of quantized numbers with a quantized result</source>
        <translation>量化数的卷积，结果量化</translation>
    </message>
    <message>
        <source>Matrix product of quantized numbers with a quantized result</source>
        <translation>量化数的矩阵乘，结果量化</translation>
    </message>
    <message>
        <source>y = saturate(round(x / scale) + zero point)</source>
        <translation>y = saturate(round(x / scale) + 零点)</translation>
    </message>
    <message>
        <source>Random numbers from a normal distribution with the given mean and standard deviation</source>
        <translation>服从给定均值和标准差的正态分布的随机数</translation>
    </message>
    <message>
        <source>Random numbers from a uniform distribution on [low, high)</source>
        <translation>服从 [low, high) 上均匀分布的随机数</translation>
    </message>
    <message>
        <source>y = start, start + delta, ... up to limit</source>
        <translation>y = start, start + delta, …，直到 limit</translation>
    </message>
    <message>
        <source>y = 1 / x</source>
        <translation>y = 1 / x</translation>
    </message>
    <message>
        <source>y = sum of |x|</source>
        <translation>y = |x| 之和</translation>
    </message>
    <message>
        <source>y = sqrt(sum of x^2)</source>
        <translation>y = sqrt(x^2 之和)</translation>
    </message>
    <message>
        <source>y = ln(sum of x)</source>
        <translation>y = ln(x 之和)</translation>
    </message>
    <message>
        <source>y = ln(sum of exp(x))</source>
        <translation>y = ln(exp(x) 之和)</translation>
    </message>
    <message>
        <source>y = the greatest x</source>
        <translation>y = x 的最大值</translation>
    </message>
    <message>
        <source>y = mean of x</source>
        <translation>y = x 的均值</translation>
    </message>
    <message>
        <source>y = the smallest x</source>
        <translation>y = x 的最小值</translation>
    </message>
    <message>
        <source>y = product of x</source>
        <translation>y = x 之积</translation>
    </message>
    <message>
        <source>y = sum of x</source>
        <translation>y = x 之和</translation>
    </message>
    <message>
        <source>y = sum of x^2</source>
        <translation>y = x^2 之和</translation>
    </message>
    <message>
        <source>y = max(0, x)</source>
        <translation>y = max(0, x)</translation>
    </message>
    <message>
        <source>y = x in another shape</source>
        <translation>y = 另一种形状的 x</translation>
    </message>
    <message>
        <source>Resamples along each axis by scales or to sizes</source>
        <translation>沿各轴按比例或按目标大小重采样</translation>
    </message>
    <message>
        <source>Turns round the first items of each sequence</source>
        <translation>反转每个序列的前若干项</translation>
    </message>
    <message>
        <source>Simple recurrent network over a sequence: h&apos; = f(W x + R h + b)</source>
        <translation>序列上的简单循环网络：h&apos; = f(W x + R h + b)</translation>
    </message>
    <message>
        <source>Pools regions of interest by bilinear sampling</source>
        <translation>以双线性采样对感兴趣区域池化</translation>
    </message>
    <message>
        <source>Turns pairs of features by angles that depend on the position</source>
        <translation>将成对特征按随位置变化的角度旋转</translation>
    </message>
    <message>
        <source>y = round(x), halves to even</source>
        <translation>y = round(x)，恰为一半时取偶数</translation>
    </message>
    <message>
        <source>state after the last step, scan outputs stacked</source>
        <translation>最后一步后的状态，以及堆叠的扫描输出</translation>
    </message>
    <message>
        <source>y = x with elements replaced at an index each along one axis</source>
        <translation>y = 沿某轴逐元素按索引替换元素后的 x</translation>
    </message>
    <message>
        <source>y = x with blocks replaced at index tuples</source>
        <translation>y = 按索引元组替换块后的 x</translation>
    </message>
    <message>
        <source>y = gamma * (x for x &gt; 0, else alpha * (exp(x) - 1))</source>
        <translation>y = gamma * (x &gt; 0 时为 x，否则为 alpha * (exp(x) - 1))</translation>
    </message>
    <message>
        <source>y = the dimensions of x</source>
        <translation>y = x 的各维大小</translation>
    </message>
    <message>
        <source>y = x + bias for x &lt; -lambd, x - bias for x &gt; lambd, else 0</source>
        <translation>x &lt; -lambd 时 y = x + bias，x &gt; lambd 时 y = x - bias，否则为 0</translation>
    </message>
    <message>
        <source>y = 1 / (1 + exp(-x))</source>
        <translation>y = 1 / (1 + exp(-x))</translation>
    </message>
    <message>
        <source>y = sign(x)</source>
        <translation>y = sign(x)</translation>
    </message>
    <message>
        <source>y = sin(x)</source>
        <translation>y = sin(x)</translation>
    </message>
    <message>
        <source>y = sinh(x)</source>
        <translation>y = sinh(x)</translation>
    </message>
    <message>
        <source>y = the number of elements of x</source>
        <translation>y = x 的元素个数</translation>
    </message>
    <message>
        <source>y = x[start:end:step] along axes</source>
        <translation>y = x[start:end:step]，沿给定各轴</translation>
    </message>
    <message>
        <source>y = exp(x) / sum of exp(x) along an axis</source>
        <translation>y = exp(x) / exp(x) 沿某轴之和</translation>
    </message>
    <message>
        <source>loss = -weight of the target class * log(softmax(scores)) of it</source>
        <translation>loss = -目标类别的权重 * 其 log(softmax(scores))</translation>
    </message>
    <message>
        <source>y = ln(1 + exp(x))</source>
        <translation>y = ln(1 + exp(x))</translation>
    </message>
    <message>
        <source>y = x / (1 + |x|)</source>
        <translation>y = x / (1 + |x|)</translation>
    </message>
    <message>
        <source>y = blocks of pixels moved into channels</source>
        <translation>y = 将像素块移入通道</translation>
    </message>
    <message>
        <source>y0, y1, ... = x cut along one axis</source>
        <translation>y0, y1, … = 沿某轴切分的 x</translation>
    </message>
    <message>
        <source>y = sqrt(x)</source>
        <translation>y = sqrt(x)</translation>
    </message>
    <message>
        <source>y = x without dimensions of size 1</source>
        <translation>y = 去掉大小为 1 的维度的 x</translation>
    </message>
    <message>
        <source>Fourier transforms of overlapping frames of a signal</source>
        <translation>信号重叠帧的傅里叶变换</translation>
    </message>
    <message>
        <source>Drops stop words and changes case</source>
        <translation>去除停用词并转换大小写</translation>
    </message>
    <message>
        <source>c = a - b</source>
        <translation>c = a - b</translation>
    </message>
    <message>
        <source>y = x0 + x1 + ...</source>
        <translation>y = x0 + x1 + ...</translation>
    </message>
    <message>
        <source>y = x * sigmoid(alpha * x)</source>
        <translation>y = x * sigmoid(alpha * x)</translation>
    </message>
    <message>
        <source>y = tan(x)</source>
        <translation>y = tan(x)</translation>
    </message>
    <message>
        <source>y = tanh(x)</source>
        <translation>y = tanh(x)</translation>
    </message>
    <message>
        <source>Counts the n-grams of a pool in rows of tokens</source>
        <translation>统计各行词元中给定 n 元组的次数</translation>
    </message>
    <message>
        <source>y = x for x &gt; alpha, else 0</source>
        <translation>x &gt; alpha 时 y = x，否则为 0</translation>
    </message>
    <message>
        <source>y = x repeated along each axis</source>
        <translation>y = 沿各轴重复的 x</translation>
    </message>
    <message>
        <source>y, i = the k greatest x along an axis and where they are</source>
        <translation>y, i = x 沿某轴最大的 k 个值及其位置</translation>
    </message>
    <message>
        <source>y = x with its axes permuted</source>
        <translation>y = 各轴重排后的 x</translation>
    </message>
    <message>
        <source>y = a triangle of x, zeros elsewhere</source>
        <translation>y = x 的三角部分，其余为零</translation>
    </message>
    <message>
        <source>y = the different elements of x</source>
        <translation>y = x 中互不相同的元素</translation>
    </message>
    <message>
        <source>y = x with dimensions of size 1 put in</source>
        <translation>y = 插入大小为 1 的维度的 x</translation>
    </message>
    <message>
        <source>y = a where the condition holds, else b</source>
        <translation>条件成立处 y = a，否则 y = b</translation>
    </message>
    <message>
        <source>c = either a or b, not both</source>
        <translation>c = a 异或 b</translation>
    </message>
    <message>
        <source>Folding batch normalization</source>
        <translation>折叠批归一化</translation>
    </message>
    <message>
        <source>Choosing ranges</source>
        <translation>选择范围</translation>
    </message>
    <message>
        <source>It reads codes, but its result is not quantized, so it runs in float.</source>
        <translation>它读取量化编码，但结果未量化，因此以浮点运行。</translation>
    </message>
    <message>
        <source>Its input is quantized, its weights are not, so it runs in float.</source>
        <translation>其输入已量化而权重未量化，因此以浮点运行。</translation>
    </message>
    <message>
        <source>Its result is not quantized, so it runs in float.</source>
        <translation>其结果未量化，因此以浮点运行。</translation>
    </message>
    <message>
        <source>uint8 activations with int8 weights can saturate on x86 processors without VNNI.</source>
        <translation>在没有 VNNI 的 x86 处理器上，uint8 激活配 int8 权重可能饱和。</translation>
    </message>
    <message>
        <source>Its bias is in float, so it runs in float.</source>
        <translation>其偏置为浮点，因此以浮点运行。</translation>
    </message>
    <message>
        <source>Its bias has a zero point.</source>
        <translation>其偏置带有零点。</translation>
    </message>
    <message>
        <source>Its input and output have different scales or zero points.</source>
        <translation>其输入和输出的缩放因子或零点不同。</translation>
    </message>
    <message>
        <source>Scales must be positive; quantize the node again.</source>
        <translation>缩放因子必须为正；请重新量化该节点。</translation>
    </message>
    <message>
        <source>Give the zero point the type of the codes.</source>
        <translation>请使零点的类型与编码一致。</translation>
    </message>
    <message>
        <source>Quantize its output too, or exclude it.</source>
        <translation>请同时量化其输出，或将其排除。</translation>
    </message>
    <message>
        <source>Quantize its weights, or exclude it.</source>
        <translation>请量化其权重，或将其排除。</translation>
    </message>
    <message>
        <source>Quantize its output.</source>
        <translation>请量化其输出。</translation>
    </message>
    <message>
        <source>Store the bias as int32 with the scale input scale times weight scale.</source>
        <translation>请将偏置存为 int32，缩放因子取输入缩放因子乘以权重缩放因子。</translation>
    </message>
    <message>
        <source>Store the bias as int32.</source>
        <translation>请将偏置存为 int32。</translation>
    </message>
    <message>
        <source>Use zero point 0.</source>
        <translation>请将零点设为 0。</translation>
    </message>
    <message>
        <source>Runtimes ignore the bias scale: use input scale times weight scale.</source>
        <translation>运行时会忽略偏置的缩放因子：请使用输入缩放因子乘以权重缩放因子。</translation>
    </message>
    <message>
        <source>Use asymmetric activations, or a target that absorbs it.</source>
        <translation>请使用非对称激活，或选择能吸收它的目标。</translation>
    </message>
    <message>
        <source>Give both one scale, so that codes can be moved without arithmetic.</source>
        <translation>请让两者使用相同的缩放因子，这样移动编码时无需运算。</translation>
    </message>
    <message>
        <source>Replace it by another operator where speed matters here.</source>
        <translation>若此处速度重要，请换用其他算子。</translation>
    </message>
    <message>
        <source>Scales per channel need opset 13: export with 13 or newer.</source>
        <translation>逐通道缩放因子需要 opset 13：请以 13 或更新版本导出。</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>正在对比</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>正在评估</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Planning</source>
        <translation>正在规划</translation>
    </message>
    <message>
        <source>First run</source>
        <translation>首次运行</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>正在预热</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量完成</translation>
    </message>
    <message>
        <source>Folding</source>
        <translation>正在折叠</translation>
    </message>
    <message>
        <source>Choosing kernels</source>
        <translation>正在选择内核</translation>
    </message>
    <message>
        <source>Inline decided branches</source>
        <translation>内联已确定的分支</translation>
    </message>
    <message>
        <source>Puts the body of an If whose condition is constant in its place.</source>
        <translation>条件为常量的 If 以其对应分支的内容替换。</translation>
    </message>
    <message>
        <source>Order detection heads by anchor</source>
        <translation>检测头按锚框排序</translation>
    </message>
    <message>
        <source>Orders the outputs of a joined head so that one Reshape serves all its pieces.</source>
        <translation>调整合并后检测头的输出顺序，使一个 Reshape 即可用于其所有部分。</translation>
    </message>
    <message>
        <source>Join detection heads</source>
        <translation>合并检测头</translation>
    </message>
    <message>
        <source>Joins convolutions of one input whose results are only transposed and reshaped.</source>
        <translation>合并同一输入上、结果仅被转置和变形的卷积。</translation>
    </message>
    <message>
        <source>Merge neighbouring scales</source>
        <translation>合并相邻缩放</translation>
    </message>
    <message>
        <source>Merges chains of multiplications, or of additions, by constants into one.</source>
        <translation>将一连串与常量的乘法或加法合并为一个。</translation>
    </message>
    <message>
        <source>Join separable heads</source>
        <translation>合并可分离检测头</translation>
    </message>
    <message>
        <source>Joins small pointwise heads of a detector that stand on depthwise convolutions of one input.</source>
        <translation>合并检测器中建立在同一输入的深度卷积之上的小型逐点卷积头。</translation>
    </message>
    <message>
        <source>Read joined pieces directly</source>
        <translation>直接读取拼接片段</translation>
    </message>
    <message>
        <source>Reads a piece that is cut out of a Concat where it came from.</source>
        <translation>从 Concat 中切出的片段，改为直接从其来源读取。</translation>
    </message>
    <message>
        <source>Move splits down</source>
        <translation>下移切分</translation>
    </message>
    <message>
        <source>Moves a Split behind operators that treat all its pieces alike, so that they run once.</source>
        <translation>将 Split 移到对各片段作相同处理的算子之后，使这些算子只运行一次。</translation>
    </message>
    <message>
        <source>Join slices into a split</source>
        <translation>将切片合并为切分</translation>
    </message>
    <message>
        <source>Makes one Split of slices, or of splits behind each other, that cut a value into all its pieces.</source>
        <translation>将把一个值完整切开的多个 Slice 或前后相接的 Split 合并为一个 Split。</translation>
    </message>
    <message>
        <source>Codes of activations. ONNX Runtime on x86 runs all of uint8 as integers; GPUs ask for int8 with symmetric activations.</source>
        <translation>激活的编码类型。x86 上的 ONNX Runtime 能将 uint8 全部以整数运行；GPU 则要求 int8 与对称激活。</translation>
    </message>
    <message>
        <source>Several nodes read its int8 input, so ONNX Runtime on x86 runs it in float.</source>
        <translation>有多个节点读取其 int8 输入，因此 x86 上的 ONNX Runtime 以浮点运行它。</translation>
    </message>
    <message>
        <source>Compare the accuracy on such a processor, or use int8 activations with a runtime that keeps them.</source>
        <translation>请在此类处理器上对比精度，或使用 int8 激活并选择能保持它的运行时。</translation>
    </message>
    <message>
        <source>Use uint8 activations, or set the session option session.qdqisint8allowed to 1.</source>
        <translation>请使用 uint8 激活，或将会话选项 session.qdqisint8allowed 设为 1。</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>ncnn</source>
        <translation>ncnn</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>How convolution and inner product weights are stored.</source>
        <translation>卷积与内积层权重的存储方式。</translation>
    </message>
    <message>
        <source>fp32</source>
        <translation>fp32</translation>
    </message>
    <message>
        <source>fp16</source>
        <translation>fp16</translation>
    </message>
    <message>
        <source>Multi-head attention with the products that make Q, K and V</source>
        <translation>多头注意力，包含生成 Q、K、V 的乘积</translation>
    </message>
    <message>
        <source>The left half of X + bias times the Gelu of the right half</source>
        <translation>X + bias 的左半部分乘以右半部分的 Gelu</translation>
    </message>
    <message>
        <source>Long short-term memory with weights in bytes</source>
        <translation>权重以字节存储的长短期记忆网络（LSTM）</translation>
    </message>
    <message>
        <source>Layer normalisation of the sum of word, position and segment embeddings</source>
        <translation>对词、位置与段落嵌入之和做层归一化</translation>
    </message>
    <message>
        <source>y = activation(alpha A&apos; B&apos; + beta C)</source>
        <translation>y = activation(alpha A&apos; B&apos; + beta C)</translation>
    </message>
    <message>
        <source>Causal attention with a cache, where groups of query heads share a key head</source>
        <translation>带缓存的因果注意力，多组查询头共享一个键头</translation>
    </message>
    <message>
        <source>softmax(scale Q K^T + mask) V head by head</source>
        <translation>逐头计算 softmax(scale Q K^T + mask) V</translation>
    </message>
    <message>
        <source>Root mean square normalisation of input + skip + bias</source>
        <translation>对 input + skip + bias 做均方根归一化</translation>
    </message>
    <message>
        <source>The derivatives of y with respect to each of xs</source>
        <translation>y 对 xs 中每一个的导数</translation>
    </message>
    <message>
        <source>Lathe flat file</source>
        <translation>Lathe 平面文件</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>Starting the agent</source>
        <translation>正在启动代理程序</translation>
    </message>
    <message>
        <source>Writing the model</source>
        <translation>正在写出模型</translation>
    </message>
    <message>
        <source>nothing answers.</source>
        <translation>没有任何应答。</translation>
    </message>
    <message>
        <source>Check the address, and that both are in the same network.</source>
        <translation>请检查地址，并确认两者在同一网络中。</translation>
    </message>
    <message>
        <source>adb was not found.</source>
        <translation>未找到 adb。</translation>
    </message>
    <message>
        <source>Install the Android platform tools (package adb) or set the path in the settings.</source>
        <translation>请安装 Android 平台工具（软件包 adb），或在设置中指定路径。</translation>
    </message>
    <message>
        <source>The adb server does not answer.</source>
        <translation>adb 服务器没有应答。</translation>
    </message>
    <message>
        <source>Unlock the phone and allow debugging from this computer.</source>
        <translation>请解锁手机，并允许此计算机进行调试。</translation>
    </message>
    <message>
        <source>the adb server is not running.</source>
        <translation>adb 服务器未在运行。</translation>
    </message>
    <message>
        <source>Connect again; it is started anew.</source>
        <translation>请重新连接，它会重新启动。</translation>
    </message>
    <message>
        <source>it has not allowed this computer.</source>
        <translation>它尚未允许此计算机。</translation>
    </message>
    <message>
        <source>this user may not open the USB device.</source>
        <translation>当前用户无权打开该 USB 设备。</translation>
    </message>
    <message>
        <source>Add the udev rules for Android (package android-sdk-platform-tools-common) and plug it in again.</source>
        <translation>请添加 Android 的 udev 规则（软件包 android-sdk-platform-tools-common），然后重新插入。</translation>
    </message>
    <message>
        <source>the pairing code was not accepted.</source>
        <translation>配对码未被接受。</translation>
    </message>
    <message>
        <source>Type the code that the phone shows now.</source>
        <translation>请输入手机当前显示的配对码。</translation>
    </message>
    <message>
        <source>it is connected and does not answer.</source>
        <translation>它已连接，但没有应答。</translation>
    </message>
    <message>
        <source>Plug it in again, or switch USB debugging off and on.</source>
        <translation>请重新插入，或将 USB 调试关闭后再打开。</translation>
    </message>
    <message>
        <source>nothing listens at this address.</source>
        <translation>该地址没有程序在监听。</translation>
    </message>
    <message>
        <source>Switch wireless debugging on and check the port.</source>
        <translation>请打开无线调试并检查端口。</translation>
    </message>
    <message>
        <source>there is no way to this address.</source>
        <translation>无法到达该地址。</translation>
    </message>
    <message>
        <source>Check that both are in the same network.</source>
        <translation>请确认两者在同一网络中。</translation>
    </message>
    <message>
        <source>there is no host of this name.</source>
        <translation>没有这个名称的主机。</translation>
    </message>
    <message>
        <source>Check the name and the network.</source>
        <translation>请检查名称和网络。</translation>
    </message>
    <message>
        <source>this adb cannot pair over Wi-Fi.</source>
        <translation>此 adb 不支持通过 Wi-Fi 配对。</translation>
    </message>
    <message>
        <source>Install platform tools 30 or newer.</source>
        <translation>请安装 30 或更新版本的平台工具。</translation>
    </message>
    <message>
        <source>adb does not see it.</source>
        <translation>adb 未发现它。</translation>
    </message>
    <message>
        <source>Check the cable, and that USB debugging is on.</source>
        <translation>请检查数据线，并确认已打开 USB 调试。</translation>
    </message>
    <message>
        <source>the link broke.</source>
        <translation>连接已中断。</translation>
    </message>
    <message>
        <source>Check the cable and connect again.</source>
        <translation>请检查数据线后重新连接。</translation>
    </message>
    <message>
        <source>it is asking whether to allow this computer.</source>
        <translation>它正在询问是否允许此计算机。</translation>
    </message>
    <message>
        <source>it is connecting.</source>
        <translation>它正在连接。</translation>
    </message>
    <message>
        <source>Wait a moment.</source>
        <translation>请稍候。</translation>
    </message>
    <message>
        <source>it is in recovery mode.</source>
        <translation>它处于恢复模式。</translation>
    </message>
    <message>
        <source>Restart it.</source>
        <translation>请重新启动它。</translation>
    </message>
    <message>
        <source>it is in rescue mode.</source>
        <translation>它处于救援模式。</translation>
    </message>
    <message>
        <source>it is waiting for an update package.</source>
        <translation>它正在等待更新包。</translation>
    </message>
    <message>
        <source>it is in the bootloader.</source>
        <translation>它处于引导加载程序中。</translation>
    </message>
    <message>
        <source>Lathe runs models on devices of 64 bits only.</source>
        <translation>Lathe 只在 64 位设备上运行模型。</translation>
    </message>
    <message>
        <source>it stopped answering.</source>
        <translation>它不再应答。</translation>
    </message>
    <message>
        <source>Check that the device is awake and connect again.</source>
        <translation>请确认设备未休眠，然后重新连接。</translation>
    </message>
    <message>
        <source>Install an agent of the same version as this program.</source>
        <translation>请安装与本程序版本相同的代理程序。</translation>
    </message>
    <message>
        <source>The system may have ended it for lack of memory: try a smaller model or smaller inputs.</source>
        <translation>系统可能因内存不足而终止了它：请尝试更小的模型或更小的输入。</translation>
    </message>
    <message>
        <source>the agent gave up.</source>
        <translation>代理程序已放弃。</translation>
    </message>
    <message>
        <source>The stream is broken.</source>
        <translation>数据流已损坏。</translation>
    </message>
    <message>
        <source>the session was ended by a cancel.</source>
        <translation>会话因取消而结束。</translation>
    </message>
    <message>
        <source>Open the model there again.</source>
        <translation>请在设备上重新打开模型。</translation>
    </message>
    <message>
        <source>The agent gave no reason.</source>
        <translation>代理程序未说明原因。</translation>
    </message>
    <message>
        <source>the program ended before it was done.</source>
        <translation>程序在完成之前就结束了。</translation>
    </message>
    <message>
        <source>Choose another folder for this device.</source>
        <translation>请为此设备选择另一个文件夹。</translation>
    </message>
    <message>
        <source>the connection was closed.</source>
        <translation>连接已关闭。</translation>
    </message>
    <message>
        <source>Connect again.</source>
        <translation>请重新连接。</translation>
    </message>
    <message>
        <source>the session folder could not be removed now; the next connection removes it.</source>
        <translation>暂时无法删除会话文件夹；下次连接时会将其删除。</translation>
    </message>
    <message>
        <source>the command wrote too much.</source>
        <translation>命令输出过多。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <source>Choose another folder for this device: this one is mounted without the right to execute.</source>
        <translation>请为此设备选择另一个文件夹：当前文件夹的挂载不允许执行程序。</translation>
    </message>
    <message>
        <source>ssh was not found.</source>
        <translation>未找到 ssh。</translation>
    </message>
    <message>
        <source>Install the OpenSSH client or set its path in the settings.</source>
        <translation>请安装 OpenSSH 客户端，或在设置中指定其路径。</translation>
    </message>
    <message>
        <source>Write user@host or a name of your ssh config.</source>
        <translation>请填写 user@host，或 ssh 配置中的名称。</translation>
    </message>
    <message>
        <source>its host key is not the one that was confirmed.</source>
        <translation>它的主机密钥与之前确认的不同。</translation>
    </message>
    <message>
        <source>If the system was installed anew, forget the old key and confirm the new one. Otherwise somebody may listen in.</source>
        <translation>如果系统是重新安装的，请忘记旧密钥并确认新密钥。否则可能有人在窃听。</translation>
    </message>
    <message>
        <source>its host key is not known yet.</source>
        <translation>它的主机密钥尚未知晓。</translation>
    </message>
    <message>
        <source>Compare the fingerprint with the device and confirm it.</source>
        <translation>请与设备上的指纹核对后确认。</translation>
    </message>
    <message>
        <source>nothing listens at this port.</source>
        <translation>该端口没有程序在监听。</translation>
    </message>
    <message>
        <source>Start the ssh server of the device and check the port.</source>
        <translation>请启动设备上的 ssh 服务器并检查端口。</translation>
    </message>
    <message>
        <source>there is no way to this host.</source>
        <translation>无法到达该主机。</translation>
    </message>
    <message>
        <source>Check the network and that the device is on.</source>
        <translation>请检查网络，并确认设备已开机。</translation>
    </message>
    <message>
        <source>the network cannot be reached.</source>
        <translation>无法访问网络。</translation>
    </message>
    <message>
        <source>Check the network.</source>
        <translation>请检查网络。</translation>
    </message>
    <message>
        <source>Check the address and that the device is on.</source>
        <translation>请检查地址，并确认设备已开机。</translation>
    </message>
    <message>
        <source>Check the network and connect again.</source>
        <translation>请检查网络后重新连接。</translation>
    </message>
    <message>
        <source>the login was denied.</source>
        <translation>登录被拒绝。</translation>
    </message>
    <message>
        <source>Check the user, and the key or the password.</source>
        <translation>请检查用户名以及密钥或密码。</translation>
    </message>
    <message>
        <source>Too many keys were offered; name the right one in the ssh config.</source>
        <translation>提供的密钥过多；请在 ssh 配置中指定正确的密钥。</translation>
    </message>
    <message>
        <source>ssh does not trust its configuration file.</source>
        <translation>ssh 不信任其配置文件。</translation>
    </message>
    <message>
        <source>Let nobody else write the file.</source>
        <translation>请取消其他人对该文件的写权限。</translation>
    </message>
    <message>
        <source>ssh does not understand its configuration file.</source>
        <translation>ssh 无法理解其配置文件。</translation>
    </message>
    <message>
        <source>Correct the file.</source>
        <translation>请更正该文件。</translation>
    </message>
    <message>
        <source>what listens at this port is no ssh server.</source>
        <translation>在该端口监听的不是 ssh 服务器。</translation>
    </message>
    <message>
        <source>Check the port.</source>
        <translation>请检查端口。</translation>
    </message>
    <message>
        <source>it offers only host keys that ssh no longer takes.</source>
        <translation>它只提供 ssh 已不再接受的主机密钥。</translation>
    </message>
    <message>
        <source>Update its ssh server, or allow the type in the ssh config.</source>
        <translation>请更新它的 ssh 服务器，或在 ssh 配置中允许该类型。</translation>
    </message>
    <message>
        <source>the connection broke.</source>
        <translation>连接已中断。</translation>
    </message>
    <message>
        <source>it closed the connection.</source>
        <translation>它关闭了连接。</translation>
    </message>
    <message>
        <source>a host behind another one cannot be asked for its key.</source>
        <translation>无法向另一台主机后面的主机询问密钥。</translation>
    </message>
    <message>
        <source>Connect once with ssh in a terminal and confirm the key there.</source>
        <translation>请先在终端中用 ssh 连接一次，并在那里确认密钥。</translation>
    </message>
    <message>
        <source>it did not show a host key.</source>
        <translation>它没有出示主机密钥。</translation>
    </message>
    <message>
        <source>Check the address and the port.</source>
        <translation>请检查地址和端口。</translation>
    </message>
    <message>
        <source>its disk is full.</source>
        <translation>它的磁盘已满。</translation>
    </message>
    <message>
        <source>Free space on it or choose another folder.</source>
        <translation>请在其上腾出空间，或选择另一个文件夹。</translation>
    </message>
    <message>
        <source>the disk quota is used up.</source>
        <translation>磁盘配额已用尽。</translation>
    </message>
    <message>
        <source>the folder cannot be written.</source>
        <translation>无法写入该文件夹。</translation>
    </message>
    <message>
        <source>the program is for another processor.</source>
        <translation>该程序适用于另一种处理器。</translation>
    </message>
    <message>
        <source>Check the processor of the device, or set a run prefix.</source>
        <translation>请检查设备的处理器，或设置运行前缀。</translation>
    </message>
    <message>
        <source>the folder cannot be used.</source>
        <translation>无法使用该文件夹。</translation>
    </message>
    <message>
        <source>a program is missing.</source>
        <translation>缺少一个程序。</translation>
    </message>
    <message>
        <source>Check the run prefix of the device.</source>
        <translation>请检查设备的运行前缀。</translation>
    </message>
    <message>
        <source>failed without a word.</source>
        <translation>失败，没有任何说明。</translation>
    </message>
    <message>
        <source>the adb server was ended.</source>
        <translation>adb 服务器已被终止。</translation>
    </message>
    <message>
        <source>the link to the phone broke.</source>
        <translation>与手机的连接已中断。</translation>
    </message>
    <message>
        <source>This computer: the session was ended from outside.</source>
        <translation>本机：会话已从外部终止。</translation>
    </message>
    <message>
        <source>Free space in that folder.</source>
        <translation>请在该文件夹中腾出空间。</translation>
    </message>
    <message>
        <source>matrix product</source>
        <translation>矩阵乘积</translation>
    </message>
    <message>
        <source>convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>functions</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>softmax and normalization</source>
        <translation>softmax 与归一化</translation>
    </message>
    <message>
        <source>C++ project</source>
        <translation>C++ 工程</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>预处理</translation>
    </message>
    <message>
        <source>Chain that a picture goes through before the model; empty: told from the shape of the input.</source>
        <translation>图片进入模型之前经过的处理链；留空则由输入的形状推断。</translation>
    </message>
    <message>
        <source>Text file with the name of one class a line, printed beside the numbers.</source>
        <translation>文本文件，每行一个类别名称，显示在数值旁边。</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>正在编译</translation>
    </message>
    <message>
        <source>Configuring</source>
        <translation>正在配置</translation>
    </message>
    <message>
        <source>Looking for what the model needs</source>
        <translation>正在查找模型所需的内容</translation>
    </message>
    <message>
        <source>Gathering sources</source>
        <translation>正在收集源代码</translation>
    </message>
    <message>
        <source>Measuring cold starts</source>
        <translation>正在测量冷启动</translation>
    </message>
    <message>
        <source>Searched</source>
        <translation>已搜索</translation>
    </message>
    <message>
        <source>throttled</source>
        <translation>已降频</translation>
    </message>
    <message>
        <source>The device lowered its clock in the middle, as devices do when they get hot.</source>
        <translation>设备在测量途中降低了时钟频率，设备发热时会这样。</translation>
    </message>
    <message>
        <source>drifting</source>
        <translation>漂移</translation>
    </message>
    <message>
        <source>The last fifth of the samples took more than 5 % more or less time than the first.</source>
        <translation>最后五分之一样本的用时与最初五分之一相差超过 5 %。</translation>
    </message>
    <message>
        <source>migrated</source>
        <translation>已迁移</translation>
    </message>
    <message>
        <source>Samples ran on other cores than asked, or on cores of different kinds.</source>
        <translation>样本在未要求的核心上运行，或在不同类型的核心上运行。</translation>
    </message>
    <message>
        <source>not pinned</source>
        <translation>未绑定</translation>
    </message>
    <message>
        <source>The system did not let the threads stay on the cores that were asked for.</source>
        <translation>系统不允许线程停留在所要求的核心上。</translation>
    </message>
    <message>
        <source>two groups</source>
        <translation>双峰</translation>
    </message>
    <message>
        <source>The run times form two groups, so that their median describes neither.</source>
        <translation>运行时间分成两组，中位数不能代表任何一组。</translation>
    </message>
    <message>
        <source>noisy</source>
        <translation>波动较大</translation>
    </message>
    <message>
        <source>The run times vary so much that small differences mean nothing.</source>
        <translation>运行时间波动很大，小的差异没有意义。</translation>
    </message>
    <message>
        <source>few samples</source>
        <translation>样本少</translation>
    </message>
    <message>
        <source>There are fewer than 100 samples: too few for the 90th percentile.</source>
        <translation>样本少于 100 个：不足以给出第 90 百分位数。</translation>
    </message>
    <message>
        <source>warm start</source>
        <translation>热启动</translation>
    </message>
    <message>
        <source>The device had not cooled down when measuring began.</source>
        <translation>开始测量时设备尚未冷却。</translation>
    </message>
    <message>
        <source>low battery</source>
        <translation>电量低</translation>
    </message>
    <message>
        <source>The battery held less than 20 %, where many devices run slower.</source>
        <translation>电池电量低于 20 %，许多设备此时会变慢。</translation>
    </message>
    <message>
        <source>charging</source>
        <translation>充电中</translation>
    </message>
    <message>
        <source>The battery was charging, which warms a device and may change its limits.</source>
        <translation>电池正在充电，这会使设备发热并可能改变其限制。</translation>
    </message>
    <message>
        <source>battery saver</source>
        <translation>省电模式</translation>
    </message>
    <message>
        <source>The battery saver was on, which slows a device.</source>
        <translation>省电模式已开启，它会使设备变慢。</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>The device is emulated: its times say nothing about a real one.</source>
        <translation>设备是模拟的：其时间不能说明真实设备。</translation>
    </message>
    <message>
        <source>partial</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>The measurement was cut off; what was measured until then is kept.</source>
        <translation>测量被中断;保留此前测得的数据。</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>繁忙</translation>
    </message>
    <message>
        <source>Other programs kept cores busy that the measurement needed.</source>
        <translation>其他程序占用了测量所需的核心。</translation>
    </message>
    <message>
        <source>costly node clocks</source>
        <translation>节点计时开销大</translation>
    </message>
    <message>
        <source>The clocks of the nodes made a run more than 2 % slower.</source>
        <translation>节点计时使一次运行变慢超过 2 %。</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>核心</translation>
    </message>
    <message>
        <source>Samples on other cores than asked</source>
        <translation>样本运行在所要求之外的核心上</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Lathe</source>
        <translation>Lathe</translation>
    </message>
    <message>
        <source>Governor</source>
        <translation>调频策略</translation>
    </message>
    <message>
        <source>Battery saver</source>
        <translation>省电模式</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>充电</translation>
    </message>
    <message>
        <source>Temperature at the start</source>
        <translation>开始时的温度</translation>
    </message>
    <message>
        <source>Emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>Throttled</source>
        <translation>已降频</translation>
    </message>
    <message>
        <source>burst: one run after the other on a cool device. cold: loads the model anew for each run. sustained: back to back for minutes, as heat allows.</source>
        <translation>突发：在凉爽的设备上逐次运行。冷启动：每次运行都重新加载模型。持续：在散热允许的范围内连续运行数分钟。</translation>
    </message>
    <message>
        <source>burst</source>
        <translation>突发</translation>
    </message>
    <message>
        <source>cold</source>
        <translation>冷启动</translation>
    </message>
    <message>
        <source>sustained</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行次数</translation>
    </message>
    <message>
        <source>Timed runs. Sustained runs are not counted: they last as long as the time below.</source>
        <translation>计时运行的次数。持续模式不计次数，时长由下面的时间决定。</translation>
    </message>
    <message>
        <source>Warm-up runs</source>
        <translation>预热次数</translation>
    </message>
    <message>
        <source>Runs before the timed ones, which do not count. Not when cold.</source>
        <translation>计时之前的运行，不计入结果。冷启动时不预热。</translation>
    </message>
    <message>
        <source>Time limit, s</source>
        <translation>时间上限 (s)</translation>
    </message>
    <message>
        <source>Burst and cold stop here, sustained runs last so long. 0: 10 s, or 120 s when sustained.</source>
        <translation>突发和冷启动到此为止，持续模式运行这么久。0：10 s，持续模式为 120 s。</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>Cores to stay on: big, middle, little, all, or numbers such as 0,2-3. Empty: the system chooses.</source>
        <translation>固定使用的核心：big、middle、little、all，或编号，例如 0,2-3。留空：由系统选择。</translation>
    </message>
    <message>
        <source>0: one a core of those chosen, or what the settings say for this computer.</source>
        <translation>0：所选核心各一个线程，或采用本机设置中的数目。</translation>
    </message>
    <message>
        <source>Cool-down, s</source>
        <translation>冷却 (s)</translation>
    </message>
    <message>
        <source>The longest time to wait until the device is as cool as at the start. 0: does not wait.</source>
        <translation>等待设备降到开始时温度的最长时间。0：不等待。</translation>
    </message>
    <message>
        <source>Time per node</source>
        <translation>每节点时间</translation>
    </message>
    <message>
        <source>Runs with a clock at each node lie between the others. Not when cold.</source>
        <translation>在普通运行之间穿插对每个节点计时的运行。冷启动时没有。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>big</source>
        <translation>大核</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>中核</translation>
    </message>
    <message>
        <source>little</source>
        <translation>小核</translation>
    </message>
    <message>
        <source>The agent may be of another build than this program: build both anew, or install them from one version.</source>
        <translation>代理与本程序可能不是同一次构建：请重新构建两者，或安装同一版本。</translation>
    </message>
    <message>
        <source>Calibration samples at most, spread evenly over the dataset.</source>
        <translation>最多使用的校准样本数，均匀取自整个数据集。</translation>
    </message>
    <message>
        <source>Export a float variant.</source>
        <translation>请导出浮点变体。</translation>
    </message>
    <message>
        <source>Comparing answers</source>
        <translation>正在比较输出</translation>
    </message>
    <message>
        <source>Reading back</source>
        <translation>正在读回</translation>
    </message>
    <message>
        <source>Waiting for the connection</source>
        <translation>正在等待连接</translation>
    </message>
    <message>
        <source>Waiting for another file to be sent</source>
        <translation>正在等待另一个文件发送完成</translation>
    </message>
    <message>
        <source>Waiting for another measurement on this computer</source>
        <translation>正在等待本机上的另一次测量</translation>
    </message>
</context>
<context>
    <name>lathe::app::AskpassDialog</name>
    <message>
        <source>ssh asks</source>
        <translation>ssh 询问</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>显示输入内容</translation>
    </message>
    <message>
        <source>The answer goes to ssh. Lathe does not keep it.</source>
        <translation>回答将交给 ssh，Lathe 不会保存。</translation>
    </message>
</context>
<context>
    <name>lathe::app::ChangesView</name>
    <message>
        <source>changed</source>
        <translation>已改动</translation>
    </message>
    <message>
        <source>added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>Changed nodes</source>
        <translation>改动的节点</translation>
    </message>
    <message>
        <source>The two variants have the same nodes.</source>
        <translation>两个变体的节点相同。</translation>
    </message>
    <message>
        <source>Compare nodes</source>
        <translation>对比节点</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异内容</translation>
    </message>
    <message>
        <source>%1 groups of nodes changed, %2 added, %3 removed, %4 the same</source>
        <translation>节点组：%1 组改动，%2 组新增，%3 组移除，%4 组相同</translation>
    </message>
</context>
<context>
    <name>lathe::app::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation>输入命令</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Matching commands</source>
        <translation>匹配的命令</translation>
    </message>
    <message>
        <source>No command matches “%1”.</source>
        <translation>没有与“%1”匹配的命令。</translation>
    </message>
</context>
<context>
    <name>lathe::app::ComparePage</name>
    <message>
        <source>Measure all</source>
        <translation>全部测量</translation>
    </message>
    <message>
        <source>Variants</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Error per layer</source>
        <translation>逐层误差</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Reference variant</source>
        <translation>参考变体</translation>
    </message>
    <message>
        <source>Variant to judge</source>
        <translation>待评变体</translation>
    </message>
    <message>
        <source>Compare layers</source>
        <translation>逐层对比</translation>
    </message>
    <message>
        <source>against</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Top-1, %</source>
        <translation>Top-1 (%)</translation>
    </message>
    <message>
        <source>Top-5, %</source>
        <translation>Top-5 (%)</translation>
    </message>
    <message>
        <source>Agreement, %</source>
        <translation>一致率 (%)</translation>
    </message>
    <message>
        <source>Median, ms</source>
        <translation>中位数 (ms)</translation>
    </message>
    <message>
        <source>Size, kB</source>
        <translation>大小 (kB)</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点数</translation>
    </message>
    <message>
        <source>Accuracy not measured</source>
        <translation>精度未测量</translation>
    </message>
    <message>
        <source>Compare %1 with %2</source>
        <translation>对比 %1 与 %2</translation>
    </message>
    <message>
        <source>±, %</source>
        <translation>± (%)</translation>
    </message>
    <message>
        <source>Standard error of Top-1</source>
        <translation>Top-1 的标准误差</translation>
    </message>
    <message>
        <source>Same answer as the variant the chain began with</source>
        <translation>与变体链起点的变体结果相同的比例</translation>
    </message>
    <message>
        <source>Of the variant written as ONNX</source>
        <translation>变体写成 ONNX 后的大小</translation>
    </message>
    <message>
        <source>Changed nodes</source>
        <translation>改动的节点</translation>
    </message>
    <message>
        <source>here</source>
        <translation>（本机）</translation>
    </message>
    <message>
        <source>The reference runs on this computer.</source>
        <translation>参照变体在本机上运行。</translation>
    </message>
    <message>
        <source>Accuracy on the chosen data and speed, for every variant on %1</source>
        <translation>在 %1 上测量每个变体在所选数据上的精度和速度</translation>
    </message>
    <message>
        <source>on %1, against</source>
        <translation>（%1），对照</translation>
    </message>
    <message>
        <source>Accuracy on</source>
        <translation>精度测于</translation>
    </message>
    <message>
        <source>Where the answers were computed</source>
        <translation>答案是在哪里计算的</translation>
    </message>
    <message>
        <source>Median latency on %1, ms</source>
        <translation>%1 上的延迟中位数，ms</translation>
    </message>
    <message>
        <source>Measure all variants on %1</source>
        <translation>在 %1 上测量所有变体</translation>
    </message>
    <message>
        <source>Compare %1 on %2 with %3 here</source>
        <translation>比较 %2 上的 %1 与本机上的 %3</translation>
    </message>
    <message>
        <source>These times were not measured alike, so they may not compare: %1. Measure all measures them anew.</source>
        <translation>这些时间的测量条件不同，未必可比：%1。“全部测量”会重新测量。</translation>
    </message>
    <message>
        <source>Open a model to compare its variants.</source>
        <translation>打开一个模型以比较其变体。</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>What the accuracy was measured on</source>
        <translation>准确率所用的数据集</translation>
    </message>
    <message>
        <source>These accuracies are of different samples or preprocessing, so they do not compare: %1. Measure all measures them anew.</source>
        <translation>这些准确率来自不同的样本或预处理，无法相互比较：%1。“全部测量”会重新测量。</translation>
    </message>
</context>
<context>
    <name>lathe::app::ConditionsView</name>
    <message>
        <source>What is drawn over time</source>
        <translation>随时间绘制的量</translation>
    </message>
    <message>
        <source>Profile this variant to see what the device did meanwhile.</source>
        <translation>分析此变体后可查看设备在此期间的情况。</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>随时间</translation>
    </message>
    <message>
        <source>Run time</source>
        <translation>运行时间</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run time, %1</source>
        <translation>运行时间 (%1)</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟频率</translation>
    </message>
    <message>
        <source>Clock, GHz</source>
        <translation>时钟频率 (GHz)</translation>
    </message>
    <message>
        <source>Highest clock allowed</source>
        <translation>允许的最高频率</translation>
    </message>
    <message>
        <source>Highest clock allowed, GHz</source>
        <translation>允许的最高频率 (GHz)</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Temperature, °C</source>
        <translation>温度 (°C)</translation>
    </message>
    <message>
        <source>Battery</source>
        <translation>电池</translation>
    </message>
    <message>
        <source>Battery, %</source>
        <translation>电池 (%)</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>功率</translation>
    </message>
    <message>
        <source>Power of the whole device, W</source>
        <translation>整机功率 (W)</translation>
    </message>
    <message>
        <source>Cores online</source>
        <translation>在线核心数</translation>
    </message>
    <message>
        <source>Load of other programs</source>
        <translation>其他程序的负载</translation>
    </message>
    <message>
        <source>Cores that other programs keep busy</source>
        <translation>被其他程序占用的核心数</translation>
    </message>
    <message>
        <source>Since the start, %1</source>
        <translation>自开始起 (%1)</translation>
    </message>
</context>
<context>
    <name>lathe::app::ConfigurationsView</name>
    <message>
        <source>Find the best configuration</source>
        <translation>寻找最佳配置</translation>
    </message>
    <message>
        <source>Tries numbers of threads on each kind of cores, and several copies at once, in turns</source>
        <translation>轮流尝试各类核心上的线程数，以及同时运行多个副本</translation>
    </message>
    <message>
        <source>Profiles are measured with these cores and threads from now on</source>
        <translation>此后按这些核心和线程数进行分析</translation>
    </message>
    <message>
        <source>Configurations that were tried</source>
        <translation>尝试过的配置</translation>
    </message>
    <message>
        <source>Not searched yet on this device.</source>
        <translation>尚未在此设备上搜索。</translation>
    </message>
    <message>
        <source>Find the best configuration of %1 on %2</source>
        <translation>在 %2 上寻找 %1 的最佳配置</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>On %1</source>
        <translation>于 %1</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Best for</source>
        <translation>最适合</translation>
    </message>
    <message>
        <source>Median, ms</source>
        <translation>中位数 (ms)</translation>
    </message>
    <message>
        <source>Of one inference, over all copies</source>
        <translation>单次推理，遍及所有副本</translation>
    </message>
    <message>
        <source>Inferences/s</source>
        <translation>推理次数/s</translation>
    </message>
    <message>
        <source>Of all copies together</source>
        <translation>所有副本合计</translation>
    </message>
    <message>
        <source>Planned, MB</source>
        <translation>计划内存 (MB)</translation>
    </message>
    <message>
        <source>Weights once, arena and packed weights of every copy</source>
        <translation>权重一份，加上每个副本的工作区和打包权重</translation>
    </message>
    <message>
        <source>Peak, MB</source>
        <translation>峰值 (MB)</translation>
    </message>
    <message>
        <source>What the process grew by at most</source>
        <translation>进程最多增长的内存</translation>
    </message>
    <message>
        <source>Use for measuring</source>
        <translation>用于测量</translation>
    </message>
    <message>
        <source>A profile measures one copy at a time: choose a configuration of one copy</source>
        <translation>一次性能分析只测量一个副本：请选择只有一个副本的配置</translation>
    </message>
    <message>
        <source>Choose a configuration in the table</source>
        <translation>请在表中选择一个配置</translation>
    </message>
</context>
<context>
    <name>lathe::app::DatasetDialog</name>
    <message>
        <source>Add dataset</source>
        <translation>添加数据集</translation>
    </message>
    <message>
        <source>npz, npy, IDX, CSV or WAV file, or a folder of images</source>
        <translation>npz、npy、IDX、CSV 或 WAV 文件，或图像文件夹</translation>
    </message>
    <message>
        <source>File or folder</source>
        <translation>文件或文件夹</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>By the file</source>
        <translation>按文件自动识别</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>The whole file, or its test part</source>
        <translation>整个文件，或其测试集</translation>
    </message>
    <message>
        <source>Training part</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Test part</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>All samples</source>
        <translation>全部样本</translation>
    </message>
    <message>
        <source>Use at most</source>
        <translation>最多使用</translation>
    </message>
    <message>
        <source>Steps separated by |, for example: scale(by=0.0039) | layout(to=CHW)</source>
        <translation>各步骤以 | 分隔，例如：scale(by=0.0039) | layout(to=CHW)</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>预处理</translation>
    </message>
    <message>
        <source>Choose data</source>
        <translation>选择数据</translation>
    </message>
    <message>
        <source>Edit dataset</source>
        <translation>编辑数据集</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source> samples</source>
        <translation> 个样本</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Choose a folder of images</source>
        <translation>选择图像文件夹</translation>
    </message>
    <message>
        <source>Choose a file or a folder; the first sample is read to check it.</source>
        <translation>请选择文件或文件夹；将读取第一个样本进行检查。</translation>
    </message>
    <message>
        <source>There is no such file or folder.</source>
        <translation>文件或文件夹不存在。</translation>
    </message>
    <message>
        <source>Give the dataset a name.</source>
        <translation>请为数据集命名。</translation>
    </message>
    <message>
        <source>There is a dataset of this name already; choose another name.</source>
        <translation>已有同名数据集；请换一个名称。</translation>
    </message>
    <message>
        <source>Reading the first sample…</source>
        <translation>正在读取第一个样本…</translation>
    </message>
    <message>
        <source>Check the dataset</source>
        <translation>检查数据集</translation>
    </message>
    <message>
        <source>%1
A sample is stored as %2 and fed as %3.</source>
        <translation>%1
样本存储为 %2，输入模型时为 %3。</translation>
    </message>
</context>
<context>
    <name>lathe::app::DatasetPicker</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Add dataset…</source>
        <translation>添加数据集…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>lathe::app::DatasetsDialog</name>
    <message>
        <source>Datasets</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>No datasets yet. Quantization is calibrated with one, and accuracy is measured on one. Add the file or folder that holds your samples.</source>
        <translation>暂无数据集。量化校准和精度测量都需要数据集。请添加存放样本的文件或文件夹。</translation>
    </message>
    <message>
        <source>First samples</source>
        <translation>前几个样本</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Takes the dataset out of the workspace; its file stays (Del)</source>
        <translation>将数据集移出工作区；文件保留 (Del)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Read dataset %1</source>
        <translation>读取数据集 %1</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>Stored as</source>
        <translation>存储格式</translation>
    </message>
    <message>
        <source>Fed as</source>
        <translation>输入格式</translation>
    </message>
    <message>
        <source>After preprocessing, without the batch axis</source>
        <translation>预处理后，不含批轴</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>No preprocessing.</source>
        <translation>无预处理。</translation>
    </message>
    <message>
        <source>Preprocessing: %1</source>
        <translation>预处理：%1</translation>
    </message>
</context>
<context>
    <name>lathe::app::DeviceDialog</name>
    <message>
        <source>Edit device</source>
        <translation>编辑设备</translation>
    </message>
    <message>
        <source>Add a computer by ssh</source>
        <translation>通过 ssh 添加计算机</translation>
    </message>
    <message>
        <source>Add this computer</source>
        <translation>添加本机</translation>
    </message>
    <message>
        <source>Lathe uses your own ssh with its keys and its configuration. It keeps files in one folder there and starts its agent when a model is to run.</source>
        <translation>Lathe 使用您自己的 ssh 及其密钥和配置。它在对方的一个文件夹中保存文件，并在需要运行模型时启动代理程序。</translation>
    </message>
    <message>
        <source>Models run in a process of their own on this computer: the way any other device works, and a place for an emulator.</source>
        <translation>模型在本机上以独立的进程运行：与其他设备的工作方式相同，也可用于模拟器。</translation>
    </message>
    <message>
        <source>user@host, or a name of your ssh configuration</source>
        <translation>user@host，或 ssh 配置中的名称</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>计算机</translation>
    </message>
    <message>
        <source>As it calls itself</source>
        <translation>设备自己的名称</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Where Lathe keeps the agent and models on the device. Programs must be allowed to run there.</source>
        <translation>Lathe 在设备上保存代理程序和模型的位置。那里必须允许运行程序。</translation>
    </message>
    <message>
        <source>Folder there</source>
        <translation>设备上的文件夹</translation>
    </message>
    <message>
        <source>Words before the agent&apos;s command, for example an emulator</source>
        <translation>代理程序命令之前的内容，例如模拟器</translation>
    </message>
    <message>
        <source>Run prefix</source>
        <translation>运行前缀</translation>
    </message>
    <message>
        <source>As the device says</source>
        <translation>由设备告知</translation>
    </message>
    <message>
        <source>Which agent is sent; an emulator may need another one than the device</source>
        <translation>发送哪个代理程序；模拟器所需的可能与设备不同</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>NAME=VALUE, one a line</source>
        <translation>NAME=VALUE，每行一个</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Add device</source>
        <translation>添加设备</translation>
    </message>
    <message>
        <source>Name the computer.</source>
        <translation>请填写计算机。</translation>
    </message>
    <message>
        <source>One word: user@host, or a name of your ssh configuration. A port belongs into that.</source>
        <translation>只能是一个词：user@host，或 ssh 配置中的名称。端口应写在该配置中。</translation>
    </message>
    <message>
        <source>“%1” is not of the form NAME=VALUE.</source>
        <translation>“%1”不是 NAME=VALUE 的形式。</translation>
    </message>
</context>
<context>
    <name>lathe::app::DeviceFacts</name>
    <message>
        <source>Little cores</source>
        <translation>小核</translation>
    </message>
    <message>
        <source>Middle cores</source>
        <translation>中核</translation>
    </message>
    <message>
        <source>Big cores</source>
        <translation>大核</translation>
    </message>
    <message>
        <source>All cores</source>
        <translation>所有核心</translation>
    </message>
    <message numerus="yes">
        <source>%n core(s): %1</source>
        <translation>
            <numerusform>%n 个核心：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>up to %1 GHz</source>
        <translation>最高 %1 GHz</translation>
    </message>
    <message>
        <source>capacity %1 of 1024</source>
        <translation>相对算力 %1/1024</translation>
    </message>
    <message>
        <source>governor %1</source>
        <translation>调频策略 %1</translation>
    </message>
    <message>
        <source>charging</source>
        <translation>正在充电</translation>
    </message>
    <message>
        <source>discharging</source>
        <translation>正在放电</translation>
    </message>
    <message>
        <source>full</source>
        <translation>已充满</translation>
    </message>
    <message>
        <source>not charging</source>
        <translation>未充电</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>SoC</source>
        <translation>SoC</translation>
    </message>
    <message>
        <source>Emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>Yes: its times mean nothing</source>
        <translation>是：它的时间没有意义</translation>
    </message>
    <message>
        <source>No sign of it</source>
        <translation>没有迹象</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>核心数</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>核心簇</translation>
    </message>
    <message>
        <source>Instruction sets</source>
        <translation>指令集</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1 available</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>Page size</source>
        <translation>页面大小</translation>
    </message>
    <message>
        <source>Free space</source>
        <translation>剩余空间</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>ABI</source>
        <translation>ABI</translation>
    </message>
    <message>
        <source>When it was asked</source>
        <translation>询问时</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Battery</source>
        <translation>电池</translation>
    </message>
</context>
<context>
    <name>lathe::app::DeviceFactsView</name>
    <message>
        <source>What the device told</source>
        <translation>设备告知的信息</translation>
    </message>
    <message>
        <source>not told by the device</source>
        <translation>设备未告知</translation>
    </message>
</context>
<context>
    <name>lathe::app::DeviceList</name>
    <message>
        <source>Phone %1</source>
        <translation>手机 %1</translation>
    </message>
    <message>
        <source>This computer, by the agent</source>
        <translation>本机（经代理程序）</translation>
    </message>
</context>
<context>
    <name>lathe::app::DevicePane</name>
    <message>
        <source>Facts</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>What the device computed</source>
        <translation>设备的计算结果</translation>
    </message>
    <message>
        <source>Press Check to have the device compute small cases of every kind of kernel.</source>
        <translation>按“检查”，让设备计算每种内核的小例子。</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Has the device compute small cases of every kind of kernel, and compares the answers</source>
        <translation>让设备计算每种内核的小例子，并比较答案</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Use for runs</source>
        <translation>用于运行</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>忘记…</translation>
    </message>
    <message>
        <source>Waiting for the device</source>
        <translation>正在等待设备</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Press Refresh to see what this computer is.</source>
        <translation>按“刷新”查看本机的信息。</translation>
    </message>
    <message>
        <source>Connect to see what this device is.</source>
        <translation>连接后可查看此设备的信息。</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>WRONG</source>
        <translation>错误</translation>
    </message>
    <message numerus="yes">
        <source>Check: %n wrong</source>
        <translation>
            <numerusform>检查：%n 项错误</numerusform>
        </translation>
    </message>
    <message>
        <source>Check: all right</source>
        <translation>检查：全部正确</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Largest difference from the plain evaluation, relative to the largest value</source>
        <translation>与朴素计算的最大差异，相对于最大值</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>允许值</translation>
    </message>
    <message>
        <source>This computer is checked through an agent: choose Add, This computer through the agent.</source>
        <translation>本机经代理程序进行检查：请选择“添加”→“经代理程序的本机”。</translation>
    </message>
</context>
<context>
    <name>lathe::app::DevicePicker</name>
    <message>
        <source>Devices…</source>
        <translation>设备…</translation>
    </message>
    <message>
        <source>Add, check and edit devices</source>
        <translation>添加、检查和编辑设备</translation>
    </message>
    <message>
        <source>Device for runs</source>
        <translation>运行所用的设备</translation>
    </message>
    <message>
        <source>Where models run: %1 (%2)</source>
        <translation>模型运行于：%1（%2）</translation>
    </message>
</context>
<context>
    <name>lathe::app::DeviceTalk</name>
    <message>
        <source>Ask %1 what it is</source>
        <translation>询问 %1 的信息</translation>
    </message>
    <message>
        <source>Ask %1 for its host key</source>
        <translation>询问 %1 的主机密钥</translation>
    </message>
    <message>
        <source>Remember the host key of %1</source>
        <translation>记住 %1 的主机密钥</translation>
    </message>
    <message>
        <source>Check %1</source>
        <translation>检查 %1</translation>
    </message>
    <message>
        <source>Disconnect %1</source>
        <translation>断开 %1</translation>
    </message>
</context>
<context>
    <name>lathe::app::DeviceWords</name>
    <message>
        <source>local agent</source>
        <translation>本地代理程序</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>没有应答</translation>
    </message>
    <message>
        <source>a program is missing</source>
        <translation>缺少程序</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>无法到达</translation>
    </message>
    <message>
        <source>login denied</source>
        <translation>登录被拒绝</translation>
    </message>
    <message>
        <source>key not confirmed</source>
        <translation>密钥未确认</translation>
    </message>
    <message>
        <source>its key has changed</source>
        <translation>密钥已改变</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>waiting for permission</source>
        <translation>等待许可</translation>
    </message>
    <message>
        <source>no right to use USB</source>
        <translation>无权使用 USB</translation>
    </message>
    <message>
        <source>in another mode</source>
        <translation>处于其他模式</translation>
    </message>
    <message>
        <source>adb has ended</source>
        <translation>adb 已结束</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接已断开</translation>
    </message>
    <message>
        <source>no space left</source>
        <translation>空间不足</translation>
    </message>
    <message>
        <source>does not work</source>
        <translation>无法工作</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>not contacted yet</source>
        <translation>尚未联系</translation>
    </message>
</context>
<context>
    <name>lathe::app::DevicesPage</name>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Look for phones</source>
        <translation>查找手机</translation>
    </message>
    <message>
        <source>Starts your adb, which watches for phones until it is ended. Remembered.</source>
        <translation>启动您的 adb，由它持续查找手机，直至被结束。此选择会被记住。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Computer by ssh…</source>
        <translation>通过 ssh 的计算机…</translation>
    </message>
    <message>
        <source>Phone over Wi-Fi…</source>
        <translation>通过 Wi-Fi 的手机…</translation>
    </message>
    <message>
        <source>This computer through the agent…</source>
        <translation>经代理程序的本机…</translation>
    </message>
    <message>
        <source>runs here</source>
        <translation>在此运行</translation>
    </message>
    <message>
        <source>This device is in the list already.</source>
        <translation>此设备已在列表中。</translation>
    </message>
    <message>
        <source>Forget device</source>
        <translation>忘记设备</translation>
    </message>
    <message>
        <source>Forget %1?</source>
        <translation>忘记 %1？</translation>
    </message>
    <message>
        <source>Its name and its settings go. What was measured on it stays.</source>
        <translation>它的名称和设置将被删除，在其上的测量结果会保留。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
</context>
<context>
    <name>lathe::app::Document</name>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Make %1</source>
        <translation>生成 %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Rename to %1</source>
        <translation>重命名为 %1</translation>
    </message>
    <message>
        <source>Edit notes</source>
        <translation>编辑备注</translation>
    </message>
    <message>
        <source>Add dataset %1</source>
        <translation>添加数据集 %1</translation>
    </message>
    <message>
        <source>Remove dataset %1</source>
        <translation>移除数据集 %1</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>保存 %1</translation>
    </message>
    <message>
        <source>Edit dataset %1</source>
        <translation>编辑数据集 %1</translation>
    </message>
    <message>
        <source>%1, edited</source>
        <translation>%1（已编辑）</translation>
    </message>
</context>
<context>
    <name>lathe::app::ExportFindings</name>
    <message numerus="yes">
        <source>%1 (%n node(s)): %2 has no layer for this operator. %3</source>
        <translation>
            <numerusform>%1（%n 个节点）：%2 没有对应此算子的层。%3</numerusform>
        </translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1：%2%3</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n node(s)): Lathe does not know this operator. It is exported unchanged; the answers cannot be compared.</source>
        <translation>
            <numerusform>%1（%n 个节点）：Lathe 不认识该算子。将原样导出，无法比较结果。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::app::ExportPage</name>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Before you export</source>
        <translation>导出前检查</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Nothing stands in the way.</source>
        <translation>没有发现问题，可以导出。</translation>
    </message>
    <message>
        <source>Export model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>Give a file name.</source>
        <translation>请输入文件名。</translation>
    </message>
    <message>
        <source>Replace file</source>
        <translation>替换文件</translation>
    </message>
    <message>
        <source>%1 exists already. Replace it?</source>
        <translation>%1 已存在。要替换吗？</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>Wrote %1 (%2). Read back, it gives the same answers.</source>
        <translation>已写入 %1（%2）。重新读入后，输出与原结果相同。</translation>
    </message>
    <message>
        <source>Wrote %1 (%2). Read back, its answers differ by at most %3 of the largest value.</source>
        <translation>已写入 %1（%2）。重新读入后，输出与原结果的差异不超过最大值的 %3。</translation>
    </message>
    <message>
        <source>Wrote %1 (%2). Its answers were not compared: %3</source>
        <translation>已写入 %1（%2）。未比较输出：%3</translation>
    </message>
    <message>
        <source>Folder to make the project in</source>
        <translation>存放工程的文件夹</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Open a model first.</source>
        <translation>请先打开一个模型。</translation>
    </message>
    <message>
        <source>These files exist already. Replace them?</source>
        <translation>这些文件已存在。要替换它们吗？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>lathe::app::FleetPage</name>
    <message>
        <source>Measure what is missing</source>
        <translation>测量缺少的</translation>
    </message>
    <message>
        <source>Measure all again</source>
        <translation>全部重新测量</translation>
    </message>
    <message>
        <source>Run time of each variant on each device</source>
        <translation>各变体在各设备上的运行时间</translation>
    </message>
    <message>
        <source>Measure the variants to compare the devices.</source>
        <translation>测量各变体以比较设备。</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>设备矩阵</translation>
    </message>
    <message>
        <source>Devices…</source>
        <translation>设备…</translation>
    </message>
    <message numerus="yes">
        <source>Measure %n cell(s) of the fleet</source>
        <translation>
            <numerusform>测量设备矩阵的 %n 个单元</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 on %2: %3</source>
        <translation>%2 上的 %1：%3</translation>
    </message>
    <message numerus="yes">
        <source>%n device(s)</source>
        <translation>
            <numerusform>%n 台设备</numerusform>
        </translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>对 %2 执行：%1</translation>
    </message>
    <message>
        <source>Variants, a bar for each device</source>
        <translation>变体，每台设备一个条形</translation>
    </message>
    <message>
        <source>Open a model first.</source>
        <translation>请先打开模型。</translation>
    </message>
    <message>
        <source>Choose the devices to measure on.</source>
        <translation>请选择要测量的设备。</translation>
    </message>
    <message>
        <source>Median run time of each variant on each device, measured as chosen on the Profile page. Devices work side by side, each on one variant at a time.</source>
        <translation>每个变体在每台设备上的运行时间中位数，按“性能分析”页的设置测量。各设备并行工作，每台一次测量一个变体。</translation>
    </message>
    <message>
        <source>Open a model to measure its variants on these devices.</source>
        <translation>打开一个模型，以便在这些设备上测量其变体。</translation>
    </message>
    <message>
        <source>%1, ms</source>
        <translation>%1，ms</translation>
    </message>
    <message>
        <source>Median run time, ms</source>
        <translation>运行时间中位数，ms</translation>
    </message>
</context>
<context>
    <name>lathe::app::FreeDimensions</name>
    <message>
        <source> The run was for %1. Where the model needs other sizes, set them in the inspector under Free dimensions while nothing is selected.</source>
        <translation>本次运行使用 %1。如果模型需要其他尺寸，请在未选中任何内容时，在检查器的“自由维度”中设置。</translation>
    </message>
</context>
<context>
    <name>lathe::app::GraphFacts</name>
    <message>
        <source>Count the cost of %1</source>
        <translation>统计 %1 的开销</translation>
    </message>
</context>
<context>
    <name>lathe::app::GraphPage</name>
    <message>
        <source>Open a model to see its graph.</source>
        <translation>打开模型即可查看计算图。</translation>
    </message>
    <message>
        <source>Expand all</source>
        <translation>全部展开</translation>
    </message>
    <message>
        <source>Open every group</source>
        <translation>展开所有分组</translation>
    </message>
    <message>
        <source>Collapse all</source>
        <translation>全部折叠</translation>
    </message>
    <message>
        <source>Close every group</source>
        <translation>折叠所有分组</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Show the whole graph (Space)</source>
        <translation>显示整个计算图（空格键）</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
    <message>
        <source>Op family</source>
        <translation>算子类别</translation>
    </message>
    <message>
        <source>Data type</source>
        <translation>数据类型</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Weight size</source>
        <translation>权重大小</translation>
    </message>
    <message>
        <source>Activation size</source>
        <translation>激活大小</translation>
    </message>
    <message>
        <source>Colour nodes by</source>
        <translation>节点着色依据</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>计算图</translation>
    </message>
    <message>
        <source>Nothing found for “%1”</source>
        <translation>未找到“%1”</translation>
    </message>
    <message>
        <source>%1 of %2 for “%3”</source>
        <translation>“%3”：第 %1 项，共 %2 项</translation>
    </message>
    <message>
        <source>Lay out the graph</source>
        <translation>计算图布局</translation>
    </message>
    <message>
        <source>Compare this variant&apos;s layers to colour by error.</source>
        <translation>请先对此变体进行逐层对比，再按误差着色。</translation>
    </message>
    <message>
        <source>Fit selection (F)</source>
        <translation>适应所选内容 (F)</translation>
    </message>
    <message>
        <source>Fit all (Space)</source>
        <translation>适应全部（空格键）</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>%1 could not be written. Check the folder&apos;s permissions and free space.</source>
        <translation>无法写入 %1。请检查文件夹的权限和剩余空间。</translation>
    </message>
    <message>
        <source>Show at actual size (0)</source>
        <translation>以实际大小显示（0）</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Open group</source>
        <translation>展开组</translation>
    </message>
    <message>
        <source>Close the group around it</source>
        <translation>折叠所在的组</translation>
    </message>
    <message>
        <source>Sizes in numbers</source>
        <translation>以数字显示尺寸</translation>
    </message>
    <message>
        <source>Show shapes for %1. The numbers are set in the inspector when nothing is selected.</source>
        <translation>按 %1 显示形状。未选中任何对象时，可在检查器中设置这些数值。</translation>
    </message>
    <message>
        <source>Profile this variant with times per node to colour by time.</source>
        <translation>请对此变体进行含逐节点时间的性能分析，以便按时间着色。</translation>
    </message>
</context>
<context>
    <name>lathe::app::HostKeyDialog</name>
    <message>
        <source>The host key has changed</source>
        <translation>主机密钥已改变</translation>
    </message>
    <message>
        <source>Confirm the host key</source>
        <translation>确认主机密钥</translation>
    </message>
    <message>
        <source>%1 shows another key than the one that was confirmed.</source>
        <translation>%1 出示的密钥与之前确认的不同。</translation>
    </message>
    <message>
        <source>Somebody may stand between this computer and the device and read along, passwords too. If its system was installed anew, a new key is expected: compare it before you go on.</source>
        <translation>可能有人在本机与设备之间窃听，包括密码。如果设备的系统是重新安装的，出现新密钥属于正常：请核对后再继续。</translation>
    </message>
    <message>
        <source>%1 is contacted for the first time. Its key proves from now on that it is the same computer.</source>
        <translation>这是首次联系 %1。从现在起，它的密钥用来证明它是同一台计算机。</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Kind: %1</source>
        <translation>类型：%1</translation>
    </message>
    <message>
        <source>Compare it with what the device itself prints: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub</source>
        <translation>请与设备自身输出的内容核对：ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub</translation>
    </message>
    <message>
        <source>I have compared the key; it is the same</source>
        <translation>我已核对密钥，两者相同</translation>
    </message>
    <message>
        <source>Replace the old key</source>
        <translation>替换旧密钥</translation>
    </message>
    <message>
        <source>Confirm the key</source>
        <translation>确认密钥</translation>
    </message>
</context>
<context>
    <name>lathe::app::InspectorDock</name>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>%1, sample %2</source>
        <translation>%1，样本 %2</translation>
    </message>
    <message>
        <source>random numbers, seed %1</source>
        <translation>随机数，种子 %1</translation>
    </message>
    <message>
        <source>Capture %1</source>
        <translation>捕获 %1</translation>
    </message>
</context>
<context>
    <name>lathe::app::JobsDock</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>done in %1</source>
        <translation>已完成，用时 %1</translation>
    </message>
    <message>
        <source>cancelled after %1</source>
        <translation>%1 后已取消</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Progress of %1</source>
        <translation>%1 的进度</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>取消 %1</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>No jobs yet. Opening, optimizing and measuring models show here.</source>
        <translation>暂无任务。打开、优化和测量模型的进度显示在这里。</translation>
    </message>
</context>
<context>
    <name>lathe::app::LayerErrorsView</name>
    <message>
        <source>Error per layer</source>
        <translation>逐层误差</translation>
    </message>
    <message>
        <source>Choose two variants and press Compare layers.</source>
        <translation>选择两个变体，然后点击“逐层对比”。</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Op</source>
        <translation>算子</translation>
    </message>
    <message>
        <source>SQNR, dB</source>
        <translation>SQNR (dB)</translation>
    </message>
    <message>
        <source>Signal to quantization noise; 20 dB is poor</source>
        <translation>信号与量化噪声之比；20 dB 即较差</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦相似度</translation>
    </message>
    <message>
        <source>Largest difference</source>
        <translation>最大差值</translation>
    </message>
    <message>
        <source>Time, µs</source>
        <translation>时间 (µs)</translation>
    </message>
    <message>
        <source>Layers in order</source>
        <translation>按执行顺序排列的层</translation>
    </message>
    <message>
        <source>Same answer: %1 of %2</source>
        <translation>结果相同：%1 / %2</translation>
    </message>
    <message>
        <source>judged on %1</source>
        <translation>在 %1 上评判</translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) with NaN or infinity that only one of the two has</source>
        <translation>
            <numerusform>%n 个张量含有仅其中一方才有的 NaN 或无穷大</numerusform>
        </translation>
    </message>
    <message>
        <source>Bars end at %1 dB, those without error (∞) too</source>
        <translation>柱形最高到 %1 dB，无误差（∞）的也一样</translation>
    </message>
</context>
<context>
    <name>lathe::app::LogDock</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Nothing to report.</source>
        <translation>暂无消息。</translation>
    </message>
    <message>
        <source>Warning: </source>
        <translation>警告：</translation>
    </message>
</context>
<context>
    <name>lathe::app::MainWindow</name>
    <message>
        <source>Recover unsaved work</source>
        <translation>恢复未保存的工作</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 失败：%2</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save workspace</source>
        <translation>保存工作区(&amp;S)</translation>
    </message>
    <message>
        <source>Save workspace &amp;as…</source>
        <translation>工作区另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Export model…</source>
        <translation>导出模型(&amp;E)…</translation>
    </message>
    <message>
        <source>Close workspace</source>
        <translation>关闭工作区</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>查找(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>命令(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>窗口(&amp;W)</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>重置布局</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Lathe</source>
        <translation>关于 Lathe(&amp;A)</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>主工具栏</translation>
    </message>
    <message>
        <source>Find in the graph</source>
        <translation>在计算图中查找</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>性能分析</translation>
    </message>
    <message>
        <source>Open model or workspace</source>
        <translation>打开模型或工作区</translation>
    </message>
    <message>
        <source>Models and workspaces (%1);;All files (*)</source>
        <translation>模型和工作区 (%1);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Save workspace</source>
        <translation>保存工作区</translation>
    </message>
    <message>
        <source>Lathe workspaces (*.lathe-workspace)</source>
        <translation>Lathe 工作区 (*.lathe-workspace)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>Unsaved work</source>
        <translation>未保存的工作</translation>
    </message>
    <message>
        <source>Save the workspace before closing it?</source>
        <translation>关闭前保存工作区吗？</translation>
    </message>
    <message>
        <source>Variants, measurements and notes that are not saved are lost. Model files are not touched.</source>
        <translation>未保存的变体、测量结果和备注将会丢失。模型文件不受影响。</translation>
    </message>
    <message>
        <source>No recent files</source>
        <translation>没有最近文件</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Unsaved workspace</source>
        <translation>未保存的工作区</translation>
    </message>
    <message>
        <source>No model open</source>
        <translation>未打开模型</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 MACs</source>
        <translation>%1 MACs</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 参数</translation>
    </message>
    <message>
        <source>%1 of %2 selected</source>
        <translation>已选 %1 / %2</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 失败</translation>
    </message>
    <message>
        <source>About Lathe</source>
        <translation>关于 Lathe</translation>
    </message>
    <message>
        <source>&lt;b&gt;Lathe %1&lt;/b&gt;&lt;p&gt;A workbench for neural-network models: look, improve, compare, deploy.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. No account, no server; nothing leaves this computer.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Lathe %1&lt;/b&gt;&lt;p&gt;神经网络模型工作台：查看、优化、对比、部署。&lt;/p&gt;&lt;p&gt;自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。无需账号，没有服务器，数据不会离开本机。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;tr&gt;&lt;td&gt;Fit the selection, fit all (graph)&lt;/td&gt;&lt;td&gt;F, Space&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;Walk along edges (graph)&lt;/td&gt;&lt;td&gt;Arrow keys&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;Expand or collapse a group (graph)&lt;/td&gt;&lt;td&gt;Enter, double click&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;Zoom (graph)&lt;/td&gt;&lt;td&gt;Ctrl+wheel, Ctrl++, Ctrl+-, Ctrl+0&lt;/td&gt;&lt;/tr&gt;</source>
        <translation>&lt;tr&gt;&lt;td&gt;适应所选内容、适应全部（计算图）&lt;/td&gt;&lt;td&gt;F、空格键&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;沿边移动（计算图）&lt;/td&gt;&lt;td&gt;方向键&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;展开或折叠分组（计算图）&lt;/td&gt;&lt;td&gt;Enter、双击&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;缩放（计算图）&lt;/td&gt;&lt;td&gt;Ctrl+滚轮、Ctrl++、Ctrl+-、Ctrl+0&lt;/td&gt;&lt;/tr&gt;</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>&amp;Datasets…</source>
        <translation>数据集(&amp;D)…</translation>
    </message>
    <message>
        <source>%1 MACs at %2</source>
        <translation>%1 MACs (%2)</translation>
    </message>
    <message>
        <source>Start page</source>
        <translation>起始页</translation>
    </message>
    <message>
        <source>Run on</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>Measure the current variant on %1</source>
        <translation>在 %1 上测量当前变体</translation>
    </message>
    <message>
        <source>Nodes inside sub-graphs and functions count too.</source>
        <translation>子图和函数中的节点也计算在内。</translation>
    </message>
    <message>
        <source>&amp;Run the page&apos;s main action</source>
        <translation>执行本页的主要操作(&amp;R)</translation>
    </message>
    <message>
        <source>Find nodes (Ctrl+F)</source>
        <translation>查找节点 (Ctrl+F)</translation>
    </message>
    <message>
        <source>By the name of a node, an op or a tensor</source>
        <translation>按节点、算子或张量的名称查找</translation>
    </message>
</context>
<context>
    <name>lathe::app::MeasureDialog</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 次运行</numerusform>
        </translation>
    </message>
    <message>
        <source>cores %1</source>
        <translation>核心 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n 个线程</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>How to measure</source>
        <translation>测量方式</translation>
    </message>
</context>
<context>
    <name>lathe::app::MemoryView</name>
    <message>
        <source>The shapes of this variant are not known, so neither is its memory.</source>
        <translation>此变体的形状未知，因此内存占用也未知。</translation>
    </message>
    <message>
        <source>Count the memory of %1</source>
        <translation>计算 %1 的内存</translation>
    </message>
    <message>
        <source>Steps in order</source>
        <translation>按执行顺序排列的步骤</translation>
    </message>
    <message>
        <source>Alive before fusing, %1</source>
        <translation>融合前存活量 (%1)</translation>
    </message>
</context>
<context>
    <name>lathe::app::PhoneDialog</name>
    <message>
        <source>Add a phone over Wi-Fi</source>
        <translation>通过 Wi-Fi 添加手机</translation>
    </message>
    <message>
        <source>On the phone: Settings, Developer options, Wireless debugging. Both must be in the same network. A phone on a cable needs none of this: it appears by itself.</source>
        <translation>在手机上：设置、开发者选项、无线调试。两者必须在同一网络中。用数据线连接的手机不需要这些步骤：它会自动出现。</translation>
    </message>
    <message>
        <source>1. Pair, once</source>
        <translation>1. 配对（只需一次）</translation>
    </message>
    <message>
        <source>Under “Pair device with pairing code”; its port is another one than below</source>
        <translation>见“使用配对码配对设备”；其端口与下方的不同</translation>
    </message>
    <message>
        <source>Address for pairing</source>
        <translation>配对地址</translation>
    </message>
    <message>
        <source>Pairing code</source>
        <translation>配对码</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>配对</translation>
    </message>
    <message>
        <source>2. Connect</source>
        <translation>2. 连接</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Waiting for the phone…</source>
        <translation>正在等待手机…</translation>
    </message>
    <message>
        <source>Pair with %1</source>
        <translation>与 %1 配对</translation>
    </message>
    <message>
        <source>Paired. Now connect.</source>
        <translation>已配对，现在可以连接。</translation>
    </message>
    <message>
        <source>Connect to %1</source>
        <translation>连接 %1</translation>
    </message>
</context>
<context>
    <name>lathe::app::ProfilePage</name>
    <message>
        <source>Filter nodes</source>
        <translation>筛选节点</translation>
    </message>
    <message>
        <source>Profile this variant to see how its run times spread.</source>
        <translation>对此变体进行性能分析，即可查看运行时间的分布。</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Time per node</source>
        <translation>每节点时间</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>性能分析</translation>
    </message>
    <message>
        <source>%1 has not been profiled yet.</source>
        <translation>%1 尚未进行性能分析。</translation>
    </message>
    <message>
        <source>Open a model first.</source>
        <translation>请先打开模型。</translation>
    </message>
    <message>
        <source>Run time, ms</source>
        <translation>运行时间 (ms)</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行次数</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Op</source>
        <translation>算子</translation>
    </message>
    <message>
        <source>Median, µs</source>
        <translation>中位数 (µs)</translation>
    </message>
    <message>
        <source>Share, %</source>
        <translation>占比 (%)</translation>
    </message>
    <message>
        <source>MACs, M</source>
        <translation>MACs (M)</translation>
    </message>
    <message>
        <source>GFLOP/s</source>
        <translation>GFLOP/s</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>Of the sum of all nodes</source>
        <translation>占所有节点总和的比例</translation>
    </message>
    <message>
        <source>Multiply-accumulate operations, millions</source>
        <translation>乘累加运算次数，百万</translation>
    </message>
    <message>
        <source>Two operations a multiply-accumulate</source>
        <translation>每次乘累加计为两次运算</translation>
    </message>
    <message>
        <source>What ran the node</source>
        <translation>运行该节点的内核</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Values alive at each step, from their shapes. Fused nodes need less.</source>
        <translation>各步骤中存活的值，按形状计算。融合后的节点占用更少。</translation>
    </message>
    <message>
        <source>Profile to show</source>
        <translation>要显示的性能分析</translation>
    </message>
    <message>
        <source>The profiles of this variant, the newest first. The graph is coloured by the chosen one.</source>
        <translation>此变体的性能分析，最新的在前。计算图按所选的一项着色。</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Profile %1 on %2</source>
        <translation>在 %2 上分析 %1</translation>
    </message>
    <message>
        <source>Profile on %1</source>
        <translation>在 %1 上分析</translation>
    </message>
    <message>
        <source>How to measure</source>
        <translation>测量方式</translation>
    </message>
    <message>
        <source>Mode, runs, cores, threads, cool-down</source>
        <translation>模式、次数、核心、线程、冷却</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Run times, clocks, temperatures and load over the time of the measurement</source>
        <translation>测量期间的运行时间、时钟频率、温度和负载</translation>
    </message>
    <message>
        <source>Configurations</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1…</translation>
    </message>
    <message>
        <source>Profile this variant with Time per node turned on, in another mode than cold, to see what each node costs.</source>
        <translation>请开启“每节点时间”并使用冷启动以外的模式对此变体进行性能分析，以查看每个节点的开销。</translation>
    </message>
    <message>
        <source>Measured without times per node: those below are of %1.</source>
        <translation>此次测量不含逐节点时间：下方的时间来自 %1。</translation>
    </message>
</context>
<context>
    <name>lathe::app::ProfileText</name>
    <message>
        <source>p90 %1</source>
        <translation>p90 %1</translation>
    </message>
    <message>
        <source>p99 %1</source>
        <translation>p99 %1</translation>
    </message>
    <message>
        <source>minimum %1</source>
        <translation>最小 %1</translation>
    </message>
    <message>
        <source>spread %1 %</source>
        <translation>离散 %1 %</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 次运行</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>cores %1 asked for</source>
        <translation>要求核心 %1</translation>
    </message>
    <message>
        <source>cores %1 asked for, %2 got</source>
        <translation>要求核心 %1，实际 %2</translation>
    </message>
    <message>
        <source>cooled down in %1</source>
        <translation>冷却用时 %1</translation>
    </message>
    <message>
        <source>not yet cool after %1</source>
        <translation>%1 后仍未冷却</translation>
    </message>
    <message>
        <source>%1 °C to %2 °C</source>
        <translation>%1 °C 至 %2 °C</translation>
    </message>
    <message>
        <source>%1 °C at the start</source>
        <translation>开始时 %1 °C</translation>
    </message>
    <message>
        <source>First run %1, load %2.</source>
        <translation>首次运行 %1，加载 %2。</translation>
    </message>
    <message>
        <source>Memory: arena %1 (at least %2), weights %3, peak %4.</source>
        <translation>内存：工作区 %1（至少 %2），权重 %3，峰值 %4。</translation>
    </message>
    <message>
        <source>Node clocks add %1 %.</source>
        <translation>节点计时增加 %1 %。</translation>
    </message>
    <message>
        <source>Energy of the whole device: %1 mJ a run, coarse.</source>
        <translation>整机能耗：每次运行 %1 mJ，粗略值。</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n 个线程</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 copies × %2</source>
        <translation>%1 个副本 × %2</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%2 上 %1</translation>
    </message>
    <message>
        <source>&lt;b&gt;Median %1 to load and run once&lt;/b&gt; (%2).</source>
        <translation>&lt;b&gt;加载并运行一次的中位数 %1&lt;/b&gt;（%2）。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Median %1&lt;/b&gt; (%2).</source>
        <translation>&lt;b&gt;中位数 %1&lt;/b&gt;（%2）。</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
</context>
<context>
    <name>lathe::app::Screenshots</name>
    <message>
        <source>Make the tour</source>
        <translation>生成演示</translation>
    </message>
    <message>
        <source>optimized</source>
        <translation>已优化</translation>
    </message>
    <message>
        <source>int8 per channel</source>
        <translation>int8 逐通道</translation>
    </message>
</context>
<context>
    <name>lathe::app::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>下次启动时生效。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Pans (Ctrl+wheel zooms)</source>
        <translation>平移（Ctrl+滚轮缩放）</translation>
    </message>
    <message>
        <source>Zooms</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Mouse wheel over the graph</source>
        <translation>计算图上的鼠标滚轮</translation>
    </message>
    <message>
        <source>One per core (%1)</source>
        <translation>每核心一个（%1）</translation>
    </message>
    <message>
        <source>Threads for running models</source>
        <translation>运行模型的线程数</translation>
    </message>
    <message>
        <source>Found by itself</source>
        <translation>自动查找</translation>
    </message>
    <message>
        <source>Empty: the one in PATH, for adb also the one of the Android SDK</source>
        <translation>留空：使用 PATH 中的程序；adb 还可使用 Android SDK 中的</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>选择%1</translation>
    </message>
    <message>
        <source>Program adb, for phones</source>
        <translation>程序 adb（用于手机）</translation>
    </message>
    <message>
        <source>Program ssh, for other computers</source>
        <translation>程序 ssh（用于其他计算机）</translation>
    </message>
</context>
<context>
    <name>lathe::app::StartPage</name>
    <message>
        <source>Open a model to put it on the bench</source>
        <translation>打开模型，开始工作</translation>
    </message>
    <message>
        <source>Drop a file anywhere in this window, or</source>
        <translation>将文件拖放到窗口任意位置，或</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>最近文件</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Files you open are listed here.</source>
        <translation>打开过的文件会列在这里。</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>No phone is plugged in.</source>
        <translation>没有插入手机。</translation>
    </message>
</context>
<context>
    <name>lathe::app::StartUp</name>
    <message>
        <source>Recover unsaved work</source>
        <translation>恢复未保存的工作</translation>
    </message>
    <message>
        <source>Lathe did not end properly. Work of %1 can be recovered.</source>
        <translation>Lathe 上次未正常退出。可以恢复 %1 的工作。</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>There is older unsaved work too. It is kept until it has been asked about in turn.</source>
        <translation>还有更早的未保存工作。在依次询问之前会一直保留。</translation>
    </message>
</context>
<context>
    <name>lathe::app::TensorWindow</name>
    <message>
        <source>Tensor %1</source>
        <translation>张量 %1</translation>
    </message>
    <message>
        <source>Save tensor</source>
        <translation>保存张量</translation>
    </message>
    <message>
        <source>NumPy arrays (*.npy)</source>
        <translation>NumPy 数组 (*.npy)</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>保存 %1</translation>
    </message>
</context>
<context>
    <name>lathe::app::TransformPage</name>
    <message>
        <source>Transformations</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Runs the passes and shows what would change, without keeping the result</source>
        <translation>运行各优化遍并显示将发生的变化，不保留结果</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>改动处数</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>What the transformation did</source>
        <translation>变换的结果</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Optimize</source>
        <translation>优化</translation>
    </message>
    <message>
        <source>Compress</source>
        <translation>压缩</translation>
    </message>
    <message>
        <source>Single passes</source>
        <translation>单个优化遍</translation>
    </message>
    <message>
        <source>Running; Cancel is in the jobs panel.</source>
        <translation>正在运行；可在任务面板中取消。</translation>
    </message>
    <message>
        <source>Open a model first.</source>
        <translation>请先打开模型。</translation>
    </message>
    <message>
        <source>Calibration needs data: add a dataset.</source>
        <translation>校准需要数据：请添加数据集。</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>对 %2 执行：%1</translation>
    </message>
    <message>
        <source>Preview %1 on %2</source>
        <translation>在 %2 上预览：%1</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>所做的操作</translation>
    </message>
    <message>
        <source>Run a transformation or a preview to see what each step does.</source>
        <translation>运行变换或预览，即可查看各步骤的作用。</translation>
    </message>
    <message numerus="yes">
        <source>Preview: %n node(s) before, %1 after. Nothing was kept.</source>
        <translation>
            <numerusform>预览：变换前 %n 个节点，变换后 %1 个。未保留结果。</numerusform>
        </translation>
    </message>
    <message>
        <source>How often the step found something</source>
        <translation>该步骤命中的次数</translation>
    </message>
    <message>
        <source>Time, ms</source>
        <translation>时间 (ms)</translation>
    </message>
    <message>
        <source>Calibration runs the model on %1.</source>
        <translation>校准在 %1 上运行模型。</translation>
    </message>
    <message>
        <source>Nothing to do: no step found anything to change in %1.</source>
        <translation>无需操作：没有步骤在 %1 中找到可更改之处。</translation>
    </message>
    <message>
        <source>What would be done</source>
        <translation>将会执行的操作</translation>
    </message>
    <message>
        <source>No step found anything to change.</source>
        <translation>没有步骤找到可更改之处。</translation>
    </message>
</context>
<context>
    <name>lathe::app::VariantModel</name>
    <message numerus="yes">
        <source>%1, %n node(s)</source>
        <translation>
            <numerusform>%1，%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>Variant %1, %2</source>
        <translation>变体 %1，%2</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
</context>
<context>
    <name>lathe::app::VariantsDock</name>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Optimize: %1</source>
        <translation>优化：%1</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Variants</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Steps that made the current variant</source>
        <translation>生成当前变体的步骤</translation>
    </message>
    <message>
        <source>data: %1</source>
        <translation>数据：%1</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Compare the two</source>
        <translation>对比这两个变体</translation>
    </message>
    <message>
        <source>Copy recipe as JSON</source>
        <translation>将配方复制为 JSON</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Optimizing or compressing a model adds a variant here.</source>
        <translation>优化或压缩模型会在此处新增变体。</translation>
    </message>
    <message>
        <source>Notes…</source>
        <translation>备注…</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Notes on %1</source>
        <translation>%1 的备注</translation>
    </message>
</context>
<context>
    <name>lathe::app::unlikeConditions</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source> / </source>
        <translation> / </translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>lathe::canvas::GraphCanvas</name>
    <message>
        <source>Open a model to see its graph.</source>
        <translation>打开模型即可查看计算图。</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>计算图</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s), nothing selected</source>
        <translation>
            <numerusform>共 %n 项，未选择</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) selected</source>
        <translation>
            <numerusform>已选择 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2, %3 inputs, %4 outputs</source>
        <translation>%1 %2，%3 个输入，%4 个输出</translation>
    </message>
    <message numerus="yes">
        <source>%n nodes. Double-click to open.</source>
        <translation>
            <numerusform>%n 个节点。双击展开。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::canvas::Minimap</name>
    <message>
        <source>Overview of the graph</source>
        <translation>计算图概览</translation>
    </message>
    <message>
        <source>Click or drag to move the view.</source>
        <translation>点击或拖动以移动视图。</translation>
    </message>
</context>
<context>
    <name>lathe::charts::Chart</name>
    <message>
        <source>Save as PNG…</source>
        <translation>另存为 PNG…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>另存为 SVG…</translation>
    </message>
    <message>
        <source>Save data as CSV…</source>
        <translation>将数据另存为 CSV…</translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation>复制数据</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>%1 could not be written. Check the folder&apos;s permissions and free space.</source>
        <translation>无法写入 %1。请检查文件夹的权限和剩余空间。</translation>
    </message>
</context>
<context>
    <name>lathe::charts::HeatMap</name>
    <message>
        <source>Heat map</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>No numbers to draw.</source>
        <translation>没有可绘制的数值。</translation>
    </message>
    <message>
        <source>%1 × %2 of %3 × %4 cells</source>
        <translation>%3 × %4 个单元格中的 %1 × %2 个</translation>
    </message>
</context>
<context>
    <name>lathe::charts::ParetoChart</name>
    <message>
        <source>Evaluate and profile variants to see them here: one point a variant.</source>
        <translation>对变体进行评估和性能分析后，会在此显示：每个变体一个点。</translation>
    </message>
</context>
<context>
    <name>lathe::forms::ParamForm</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>separated by commas</source>
        <translation>以逗号分隔</translation>
    </message>
</context>
<context>
    <name>lathe::inspector::Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Open a model to see what it is made of.</source>
        <translation>打开模型即可查看其构成。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Producer</source>
        <translation>生成工具</translation>
    </message>
    <message>
        <source>Opset</source>
        <translation>Opset</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Operators</source>
        <translation>算子</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>Lathe does not know this operator; it is kept and exported unchanged.</source>
        <translation>Lathe 不认识该算子；将原样保留并导出。</translation>
    </message>
    <message>
        <source>Input %1</source>
        <translation>输入 %1</translation>
    </message>
    <message>
        <source>Output %1</source>
        <translation>输出 %1</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>median of %1</source>
        <translation>%1 次的中位数</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>开销</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>MACs</source>
        <translation>MACs</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>访存量</translation>
    </message>
    <message>
        <source>Intensity</source>
        <translation>计算强度</translation>
    </message>
    <message>
        <source>%1 op/B</source>
        <translation>%1 op/B</translation>
    </message>
    <message>
        <source>depends on the input shapes</source>
        <translation>取决于输入形状</translation>
    </message>
    <message>
        <source>Error against the reference</source>
        <translation>相对参考变体的误差</translation>
    </message>
    <message>
        <source>SQNR</source>
        <translation>SQNR</translation>
    </message>
    <message>
        <source>infinite (equal)</source>
        <translation>无穷大（相同）</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦相似度</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大误差</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>All channels</source>
        <translation>所有通道</translation>
    </message>
    <message>
        <source>Channel %1 of %2</source>
        <translation>通道 %1 / %2</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>
Range %1 to %2
Mean %3, deviation %4
Zeros %5 %</source>
        <translation>
范围 %1 至 %2
均值 %3，标准差 %4
零值 %5 %</translation>
    </message>
    <message>
        <source>
Not finite: %1</source>
        <translation>
非有限值：%1</translation>
    </message>
    <message>
        <source>
From %1 evenly spread elements</source>
        <translation>
取自 %1 个均匀抽取的元素</translation>
    </message>
    <message>
        <source>first %1 of %2</source>
        <translation>前 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message numerus="yes">
        <source>%n source node(s)</source>
        <translation>
            <numerusform>%n 个源节点</numerusform>
        </translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Free dimensions</source>
        <translation>自由维度</translation>
    </message>
    <message>
        <source>Costs, profiles and captured activations are for these numbers.</source>
        <translation>开销、性能分析和捕获的激活均基于这些数值。</translation>
    </message>
    <message>
        <source>Number for dimension %1</source>
        <translation>维度 %1 的取值</translation>
    </message>
    <message>
        <source>Look closer…</source>
        <translation>详细查看…</translation>
    </message>
    <message>
        <source>Numbers, heat map and channels in a window of their own</source>
        <translation>在单独的窗口中查看数值、热力图和各通道</translation>
    </message>
    <message>
        <source>Weight %1</source>
        <translation>权重 %1</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>of one run</source>
        <translation>单次运行</translation>
    </message>
    <message>
        <source>Runs the model once and shows what the chosen value was.</source>
        <translation>运行模型一次，并显示所选值的内容。</translation>
    </message>
    <message>
        <source>Value to capture</source>
        <translation>要捕获的值</translation>
    </message>
    <message>
        <source>What to feed the model with</source>
        <translation>模型的输入来源</translation>
    </message>
    <message>
        <source>Random numbers</source>
        <translation>随机数</translation>
    </message>
    <message>
        <source>Sample of the dataset, or seed of the random numbers</source>
        <translation>数据集的样本序号，或随机数的种子</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>捕获</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Initializer</source>
        <translation>初始化器</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>node %1</source>
        <translation>节点 %1</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>产生者</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>使用者</translation>
    </message>
    <message>
        <source>−∞ dB (%1 of %2 numbers are NaN or infinite in one of the two)</source>
        <translation>−∞ dB（%2 个数中有 %1 个仅在其中一方为 NaN 或无穷大）</translation>
    </message>
    <message>
        <source>−∞ dB (the reference is all zeros)</source>
        <translation>−∞ dB（参考值全为零）</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>所选内容</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Nodes inside sub-graphs and functions count too.</source>
        <translation>子图和函数中的节点也计算在内。</translation>
    </message>
</context>
<context>
    <name>lathe::inspector::NumbersView</name>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>No elements.</source>
        <translation>没有元素。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>lathe::inspector::TensorView</name>
    <message>
        <source>range %1 to %2, mean %3, deviation %4, zeros %5 %</source>
        <translation>范围 %1 至 %2，均值 %3，标准差 %4，零值 %5 %</translation>
    </message>
    <message>
        <source>not finite: %1</source>
        <translation>非有限值：%1</translation>
    </message>
    <message>
        <source>from %1 evenly spread elements</source>
        <translation>取自 %1 个均匀抽取的元素</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>No numbers to draw.</source>
        <translation>没有可绘制的数值。</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>One row for every index of</source>
        <translation>每行对应一个索引的轴：</translation>
    </message>
    <message>
        <source>Axis of the channels</source>
        <translation>通道所在的轴</translation>
    </message>
    <message>
        <source>Statistics of every channel</source>
        <translation>各通道的统计量</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>复制为 CSV</translation>
    </message>
    <message>
        <source>The rows and columns chosen above, at most a million numbers</source>
        <translation>上面所选的行和列，最多一百万个数</translation>
    </message>
    <message>
        <source>Save as npy…</source>
        <translation>另存为 npy…</translation>
    </message>
    <message>
        <source>The whole tensor as a NumPy file</source>
        <translation>将整个张量存为 NumPy 文件</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>axis %1 (%2)</source>
        <translation>轴 %1 (%2)</translation>
    </message>
    <message>
        <source>axis %1</source>
        <translation>轴 %1</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation> / %1</translation>
    </message>
    <message>
        <source>Index on axis %1</source>
        <translation>轴 %1 上的索引</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>Zeros, %</source>
        <translation>零值 (%)</translation>
    </message>
</context>
<context>
    <name>lathe::inspector::ValueText</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>lathe::tables::ValueTable</name>
    <message>
        <source>Copy as TSV</source>
        <translation>复制为 TSV</translation>
    </message>
    <message>
        <source>No row matches the filter.</source>
        <translation>没有符合筛选条件的行。</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>As many as fit</source>
        <translation>按宽度自动显示</translation>
    </message>
</context>
<context>
    <name>lathe::timeline::TimelineView</name>
    <message>
        <source>Timeline of the median run</source>
        <translation>中位数运行的时间线</translation>
    </message>
    <message>
        <source>%1
%2, starts at %3</source>
        <translation>%1
%2，开始于 %3</translation>
    </message>
    <message>
        <source>Profile this variant with times per node to see when each node runs.</source>
        <translation>请对此变体进行含逐节点时间的性能分析，以查看每个节点何时运行。</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>A workbench for neural-network models.</source>
        <translation>神经网络模型工作台。</translation>
    </message>
    <message>
        <source>Models or a workspace to open.</source>
        <translation>要打开的模型或工作区。</translation>
    </message>
    <message>
        <source>Print how long the first window and the first graph took, then quit.</source>
        <translation>打印首个窗口和首个计算图所用的时间，然后退出。</translation>
    </message>
    <message>
        <source>Walk every page on FILE (or the sample) and write PNG files into DIR.</source>
        <translation>用 FILE（或示例）遍历每个页面，并将 PNG 文件写入 DIR。</translation>
    </message>
    <message>
        <source>Use this language for this run: en, zh_CN.</source>
        <translation>本次运行使用的语言：en、zh_CN。</translation>
    </message>
</context>
<context>
    <name>style::Theme</name>
    <message>
        <source>Convolution, matrix product</source>
        <translation>卷积、矩阵乘</translation>
    </message>
    <message>
        <source>Normalization</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Pooling, reduction</source>
        <translation>池化、归约</translation>
    </message>
    <message>
        <source>Shape, layout</source>
        <translation>形状、布局</translation>
    </message>
    <message>
        <source>Elementwise</source>
        <translation>逐元素</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Control, other</source>
        <translation>控制及其他</translation>
    </message>
</context>
</TS>
