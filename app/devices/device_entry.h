// One line of the list of devices: a value.
#pragma once

#include <QString>
#include <optional>

#include "engine/remote/device_facts.h"
#include "engine/remote/failure.h"
#include "engine/remote/transport.h"

namespace lathe::app {

struct DeviceEntry {
    QString key;                    // "this", "adb:SERIAL", "ssh:HOST", "local:1"; stable, for settings
    remote::DeviceAddress address;  // no transport: this computer, in this process
    QString name;                   // a person's, else the model it told, else its address
    QString givenName;              // a person's; may be empty
    bool saved = false;             // remembered on this computer
    bool listed = false;            // adb sees it now
    bool contacted = false;         // it answered when it was last spoken to
    std::optional<remote::Failure> problem;    // why it cannot be used now, as far as that is known
    std::optional<remote::DeviceFacts> facts;  // what it told last

    bool isThisComputer() const { return address.transport.empty(); }
    bool isPhone() const { return address.transport == "adb"; }
};

}  // namespace lathe::app
