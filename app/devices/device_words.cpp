#include "app/devices/device_words.h"

#include <QCoreApplication>

#include "widgets/style/engine_text.h"
#include "widgets/style/icons.h"
#include "widgets/style/theme.h"

namespace lathe::app {
namespace {

using Kind = remote::Failure::Kind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(lathe::app::DeviceWords)
};

QString reachedBy(const DeviceEntry& entry) {
    if (entry.isPhone()) return QStringLiteral("adb");
    if (entry.address.transport == "ssh") return QStringLiteral("ssh");
    return Words::tr("local agent");
}

}  // namespace

QString thisComputerName() { return Words::tr("This computer"); }

QString nameInSentence(const DeviceEntry& entry) {
    return entry.isThisComputer() ? Words::tr("this computer") : entry.name;
}

QString shortProblem(const remote::Failure& failure) {
    switch (failure.kind) {
        case Kind::cancelled:
            return Words::tr("cancelled");
        case Kind::timedOut:
        case Kind::offline:
            return Words::tr("does not answer");
        case Kind::toolMissing:
            return Words::tr("a program is missing");
        case Kind::unreachable:
        case Kind::refused:
            return Words::tr("cannot be reached");
        case Kind::authentication:
            return Words::tr("login denied");
        case Kind::unknownHostKey:
            return Words::tr("key not confirmed");
        case Kind::changedHostKey:
            return Words::tr("its key has changed");
        case Kind::notConnected:
            return Words::tr("not there");
        case Kind::unauthorized:
            return Words::tr("waiting for permission");
        case Kind::noPermissions:
            return Words::tr("no right to use USB");
        case Kind::wrongMode:
            return Words::tr("in another mode");
        case Kind::serverEnded:
            return Words::tr("adb has ended");
        case Kind::disconnected:
            return Words::tr("connection lost");
        case Kind::diskFull:
            return Words::tr("no space left");
        default:
            return Words::tr("does not work");
    }
}

QString stateText(const DeviceEntry& entry) {
    if (entry.isThisComputer()) return Words::tr("ready");
    const bool ready = entry.contacted || (entry.isPhone() && entry.listed);
    const auto state = entry.problem ? shortProblem(*entry.problem)
                       : ready       ? Words::tr("ready")
                                     : Words::tr("not contacted yet");
    return reachedBy(entry) + QStringLiteral(" · ") + state;
}

QString problemText(const remote::Failure& failure) {
    // The engine puts the device in front: the rest is a text of its tables.
    const auto colon = failure.sentence.find(": ");
    auto sentence =
        style::engineText(colon == std::string::npos ? failure.sentence : failure.sentence.substr(colon + 2));
    if (!sentence.isEmpty()) sentence[0] = sentence[0].toUpper();
    if (failure.remedy.empty()) return sentence;
    return sentence + QLatin1Char(' ') + style::engineText(failure.remedy);
}

QIcon stateIcon(const DeviceEntry& entry) {
    const auto& theme = style::theme();
    if (entry.problem) return style::icon(QStringLiteral("warning"), theme.warning);
    const bool ready = entry.isThisComputer() || entry.contacted || (entry.isPhone() && entry.listed);
    return style::icon(QStringLiteral("device"), ready ? theme.good : theme.mutedText);
}

QString measuredOn(const profile::Conditions& conditions) {
    const auto device = QString::fromStdString(conditions.device);
    const auto colon = device.lastIndexOf(QStringLiteral(": "));
    return colon > 0 ? device.left(colon) : thisComputerName();
}

bool measuredOn(const profile::Conditions& conditions, const DeviceEntry& entry) {
    const auto& address = conditions.deviceAddress;
    // Programs on this computer have no address; earlier versions noted the name alone.
    if (!address.empty() && address != "local") return entry.key == QString::fromStdString(address);
    const auto device = QString::fromStdString(conditions.device);
    const auto colon = device.lastIndexOf(QStringLiteral(": "));
    return entry.isThisComputer() ? colon < 0 : colon > 0 && device.left(colon) == entry.name;
}

}  // namespace lathe::app
