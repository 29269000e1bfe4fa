// The bundled models and data, found beside the program or in the source tree.
#pragma once

#include <QString>
#include <vector>

namespace lathe::app {

struct Sample {
    QString path;
    QString title;
    QString about;
};

std::vector<Sample> samples();
QString samplesFolder();  // empty when the files are not installed

}  // namespace lathe::app
