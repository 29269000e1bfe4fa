<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>GraphActions</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>canvas::NodePainter</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::app::DeviceFacts</name>
    <message numerus="yes">
        <source>%n core(s): %1</source>
        <translation>
            <numerusform>%n core: %1</numerusform>
            <numerusform>%n cores: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::app::DevicePane</name>
    <message numerus="yes">
        <source>Check: %n wrong</source>
        <translation>
            <numerusform>Check: %n wrong</numerusform>
            <numerusform>Check: %n wrong</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::app::ExportFindings</name>
    <message numerus="yes">
        <source>%1 (%n node(s)): %2 has no layer for this operator. %3</source>
        <translation>
            <numerusform>%1 (%n node): %2 has no layer for this operator. %3</numerusform>
            <numerusform>%1 (%n nodes): %2 has no layer for this operator. %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n node(s)): Lathe does not know this operator. It is exported unchanged; the answers cannot be compared.</source>
        <translation>
            <numerusform>%1 (%n node): Lathe does not know this operator. It is exported unchanged; the answers cannot be compared.</numerusform>
            <numerusform>%1 (%n nodes): Lathe does not know this operator. It is exported unchanged; the answers cannot be compared.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::app::FleetPage</name>
    <message numerus="yes">
        <source>Measure %n cell(s) of the fleet</source>
        <translation>
            <numerusform>Measure %n cell of the fleet</numerusform>
            <numerusform>Measure %n cells of the fleet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s)</source>
        <translation>
            <numerusform>%n device</numerusform>
            <numerusform>%n devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::app::LayerErrorsView</name>
    <message numerus="yes">
        <source>%n tensor(s) with NaN or infinity that only one of the two has</source>
        <translation>
            <numerusform>%n tensor with NaN or infinity that only one of the two has</numerusform>
            <numerusform>%n tensors with NaN or infinity that only one of the two has</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::app::MainWindow</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::app::MeasureDialog</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::app::ProfileText</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::app::TransformPage</name>
    <message numerus="yes">
        <source>Preview: %n node(s) before, %1 after. Nothing was kept.</source>
        <translation>
            <numerusform>Preview: %n node before, %1 after. Nothing was kept.</numerusform>
            <numerusform>Preview: %n nodes before, %1 after. Nothing was kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::app::VariantModel</name>
    <message numerus="yes">
        <source>%1, %n node(s)</source>
        <translation>
            <numerusform>%1, %n node</numerusform>
            <numerusform>%1, %n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::canvas::GraphCanvas</name>
    <message numerus="yes">
        <source>%n item(s), nothing selected</source>
        <translation>
            <numerusform>%n item, nothing selected</numerusform>
            <numerusform>%n items, nothing selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) selected</source>
        <translation>
            <numerusform>%n item selected</numerusform>
            <numerusform>%n items selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n nodes. Double-click to open.</source>
        <translation>
            <numerusform>%n node. Double-click to open.</numerusform>
            <numerusform>%n nodes. Double-click to open.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lathe::inspector::Inspector</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source node(s)</source>
        <translation>
            <numerusform>%n source node</numerusform>
            <numerusform>%n source nodes</numerusform>
        </translation>
    </message>
</context>
</TS>
