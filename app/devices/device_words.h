// A device and its state in the window's language.
#pragma once

#include <QIcon>
#include <QString>

#include "app/devices/device_entry.h"
#include "engine/profile/profile.h"

namespace lathe::app {

QString thisComputerName();
// In the middle of a sentence or button: "this computer", "Pixel 8".
QString nameInSentence(const DeviceEntry& entry);
// How it is reached and whether it can be used: "adb · waiting for permission".
QString stateText(const DeviceEntry& entry);
// "not there", "waiting for permission": a failure in two or three words.
QString shortProblem(const remote::Failure& failure);
// What is wrong and what to do about it, for a place that names the device already.
QString problemText(const remote::Failure& failure);
// A device, tinted by its state; the words beside it say the same.
QIcon stateIcon(const DeviceEntry& entry);

// Where a profile was measured: the device's name in front of the conditions, or this computer.
QString measuredOn(const profile::Conditions& conditions);
bool measuredOn(const profile::Conditions& conditions, const DeviceEntry& entry);

}  // namespace lathe::app
