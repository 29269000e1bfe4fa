// Places in a row: given wished positions, weights and least distances, the positions that miss the wishes
// least (sum of weight * distance) and keep order and distances. Pool adjacent violators with weighted
// medians, so that what can stay exactly straight does; means for pools beyond a few dozen, to stay linear.
#pragma once

#include <span>
#include <vector>

namespace lathe::canvas {

struct Wish {
    double position = 0;
    double weight = 1;
    double distance = 0;  // least distance to the one before
};

// Weighted median; the middle between both candidates when the weights balance.
double weightedMedian(std::vector<std::pair<double, double>>& values);
void placeInRow(std::span<const Wish> wishes, std::vector<double>& positions);

}  // namespace lathe::canvas
