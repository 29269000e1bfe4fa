// What a person wants to know of a dataset before trusting it: how many samples, what is stored, what a model
// is fed with, how the first ones look. Read by a job.
#pragma once

#include <QImage>
#include <QString>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/project/workspace.h"

namespace lathe::app {

struct DatasetInfo {
    struct Preview {
        QImage image;     // null where a sample is no image
        QString numbers;  // the first values where it is none
        QString label;    // class, or the sample's name
    };
    int64_t samples = 0;
    int64_t classes = 0;  // 0: none known
    QString kind;         // "NumPy archive"
    QString about;        // the source's own words
    QString stored;       // "uint8 [8, 8]"
    QString fed;          // "float32 [1, 8, 8]", without the batch axis
    std::vector<Preview> previews;
};

base::Result<DatasetInfo> readDatasetInfo(const project::DatasetEntry& entry, int64_t previews,
                                          const base::Progress& progress);

// A sample as an image: [H, W], [H, W, 1, 3 or 4], [1 or 3, H, W], stretched to its range unless it is of
// full bytes; null for anything else.
QImage sampleImage(const tensor::Tensor& sample);

}  // namespace lathe::app
