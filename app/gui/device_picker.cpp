#include "app/gui/device_picker.h"

#include <QEvent>
#include <QKeyEvent>

#include "app/devices/device_words.h"

namespace lathe::app {

DevicePicker::DevicePicker(DeviceList& devices, QWidget* parent) : QComboBox(parent), m_devices(devices) {
    setObjectName(QStringLiteral("devicePicker"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(12);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMaximumWidth(280);
    connect(this, &QComboBox::activated, this, [this](int index) {
        const auto key = itemData(index).toString();
        if (key.isEmpty()) {
            refresh();  // back to the device
            emit devicesRequested();
        } else {
            m_devices.choose(key);
        }
    });
    connect(&m_devices, &DeviceList::changed, this, &DevicePicker::refresh);
    refresh();
}

void DevicePicker::changeEvent(QEvent* event) {
    QComboBox::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) refresh();
}

void DevicePicker::keyPressEvent(QKeyEvent* event) {
    // Walking through the devices does not leave for their page.
    const bool atEnd = currentIndex() >= count() - 2;
    if (event->key() == Qt::Key_End || event->key() == Qt::Key_PageDown ||
        (event->key() == Qt::Key_Down && atEnd))
        return showPopup();
    QComboBox::keyPressEvent(event);
}

void DevicePicker::refresh() {
    const auto& entries = m_devices.entries();
    const int wanted = static_cast<int>(entries.size()) + 1;
    while (count() > wanted) removeItem(count() - 1);
    while (count() < wanted) addItem(QString());
    for (size_t i = 0; i < entries.size(); ++i) {
        const auto& entry = entries[i];
        const int row = static_cast<int>(i);
        // The state is told in words too, where it keeps a run from starting.
        setItemText(row, entry.problem
                             ? QStringLiteral("%1 · %2").arg(entry.name, shortProblem(*entry.problem))
                             : entry.name);
        setItemIcon(row, stateIcon(entry));
        setItemData(row, entry.key);
        setItemData(row, entry.problem ? problemText(*entry.problem) : stateText(entry), Qt::ToolTipRole);
        setItemData(row, entry.name + QStringLiteral(", ") + stateText(entry), Qt::AccessibleTextRole);
    }
    setItemText(wanted - 1, tr("Devices…"));
    setItemIcon(wanted - 1, {});
    setItemData(wanted - 1, QString());
    setItemData(wanted - 1, tr("Add, check and edit devices"), Qt::ToolTipRole);
    setItemData(wanted - 1, {}, Qt::AccessibleTextRole);
    const auto& chosen = m_devices.chosen();
    setCurrentIndex(findData(chosen.key));
    setAccessibleName(tr("Device for runs"));
    setAccessibleDescription(stateText(chosen));
    setToolTip(tr("Where models run: %1 (%2)").arg(nameInSentence(chosen), stateText(chosen)));
}

}  // namespace lathe::app
