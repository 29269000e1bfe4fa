#include "tests/support/conv_case.h"

#include "tests/support/half_values.h"

namespace lathe::test {

void checkConv(const ConvCase& c, const std::string& kernel, bool blocked) {
    ir::Attributes attributes;
    if (!c.strides.empty()) attributes.set("strides", c.strides);
    if (!c.pads.empty()) attributes.set("pads", c.pads);
    if (!c.dilations.empty()) attributes.set("dilations", c.dilations);
    if (!c.autoPad.empty()) attributes.set("auto_pad", c.autoPad);
    attributes.set("group", c.group);
    if (!c.clamp.empty()) {
        attributes.set("low", c.clamp[0]);
        attributes.set("high", c.clamp[1]);
    }
    if (!c.function.empty()) attributes.set("function", c.function);
    std::vector<tensor::Tensor> inputs = {randomFloats(tensor::Dimensions(c.x), 1),
                                          asHalves(randomFloats(tensor::Dimensions(c.w), 2), c.weights)};
    if (c.bias) inputs.push_back(randomFloats(tensor::Dimensions(c.w.data(), 1), 3));
    if (!c.residual.empty()) {
        inputs.resize(3);
        inputs.push_back(randomFloats(tensor::Dimensions(c.residual), 4));
    }
    std::vector<size_t> blockedInputs;
    if (blocked && !c.plainInput) blockedInputs.push_back(0);
    if (blocked && !c.residual.empty()) blockedInputs.push_back(3);
    const bool fused = !c.residual.empty() || !c.clamp.empty() || !c.function.empty();
    checkKernel({.kernel = kernel,
                 .op = "Conv",
                 .attributes = attributes,
                 .inputs = inputs,
                 .constants = {1, 2},
                 .domain = fused ? "lathe" : "",
                 .blocked = blockedInputs,
                 .blockedOutputs = blocked});
}

}  // namespace lathe::test
