// The whole drawing in a corner, with the part that the canvas shows. Lies on top of its canvas.
#pragma once

#include <QImage>
#include <QWidget>

#include "widgets/canvas/scene.h"

namespace lathe::canvas {

class GraphCanvas;

class Minimap : public QWidget {
    Q_OBJECT

  public:
    // Child of the canvas, in its lower right corner; follows it. Hidden while all is in view anyway.
    explicit Minimap(GraphCanvas* canvas);
    // Off: never shown.
    void setWanted(bool wanted);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void follow();
    void drawPicture();
    double pictureScale() const;
    QPointF pictureOrigin() const;
    void moveTo(const QPointF& position);

    GraphCanvas* m_canvas;
    ScenePtr m_scene;
    QImage m_picture;
    bool m_wanted = true;
};

}  // namespace lathe::canvas
