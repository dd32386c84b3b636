//! Pictures of measurements, as SVG.

use std::fmt::Write as _;

/// A picture with two axes.
#[derive(Debug, Clone)]
pub struct Plot {
    /// What it shows.
    pub title: String,
    /// What goes from left to right, with its unit.
    pub across: String,
    /// What goes from bottom to top, with its unit.
    pub up: String,
    /// What is drawn, at most as many as there are colours.
    pub series: Vec<Series>,
}

/// Points that belong together.
#[derive(Debug, Clone)]
pub struct Series {
    /// What they are of.
    pub name: String,
    /// The points, from left to right.
    pub points: Vec<(f64, f64)>,
}

impl Plot {
    /// Draws it. Both axes begin at zero: nothing looks steeper than it is.
    pub fn to_svg(&self) -> String {
        let points = || self.series.iter().flat_map(|series| &series.points);
        let across = Axis::up_to(points().map(|(x, _)| *x).fold(0.0, f64::max), PLOT_WIDTH);
        let up = Axis::up_to(points().map(|(_, y)| *y).fold(0.0, f64::max), PLOT_HEIGHT);
        let place = |(x, y): &(f64, f64)| (LEFT + across.length(*x), TOP + PLOT_HEIGHT - up.length(*y));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n\
             <title>{title}</title>\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\n\
             <text x=\"{LEFT}\" y=\"20\" font-size=\"14\" font-weight=\"bold\">{title}</text>\n",
            title = escaped(&self.title)
        );
        for mark in across.marks() {
            let x = LEFT + across.length(mark);
            let _infallible = writeln!(
                svg,
                "<line x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{bottom}\" stroke=\"#dddddd\"/><text x=\"{x:.1}\" y=\"{below}\" text-anchor=\"middle\">{mark}</text>",
                bottom = TOP + PLOT_HEIGHT,
                below = TOP + PLOT_HEIGHT + 18.0,
            );
        }
        for mark in up.marks() {
            let y = TOP + PLOT_HEIGHT - up.length(mark);
            let _infallible = writeln!(
                svg,
                "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\" stroke=\"#dddddd\"/><text x=\"{before}\" y=\"{base:.1}\" text-anchor=\"end\">{mark}</text>",
                right = LEFT + PLOT_WIDTH,
                before = LEFT - 6.0,
                base = y + 4.0,
            );
        }
        let _infallible = writeln!(
            svg,
            "<text x=\"{middle}\" y=\"{lowest}\" text-anchor=\"middle\">{across}</text>\n<text transform=\"translate(16 {centre}) rotate(-90)\" text-anchor=\"middle\">{up}</text>",
            middle = LEFT + PLOT_WIDTH / 2.0,
            lowest = HEIGHT - 10.0,
            across = escaped(&self.across),
            centre = TOP + PLOT_HEIGHT / 2.0,
            up = escaped(&self.up),
        );
        for ((series, colour), number) in self.series.iter().zip(COLOURS).zip(0u8..) {
            let path: Vec<String> = series.points.iter().map(place).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            let _infallible = writeln!(
                svg,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
                path.join(" ")
            );
            for (x, y) in series.points.iter().map(place) {
                let _infallible = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>");
            }
            let y = TOP + 16.0 + 18.0 * f64::from(number);
            let _infallible = writeln!(
                svg,
                "<text x=\"{x}\" y=\"{y}\" fill=\"{colour}\" font-weight=\"bold\">{name}</text>",
                x = LEFT + 10.0,
                name = escaped(&series.name),
            );
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// An axis from zero to a round number.
struct Axis {
    step: f64,
    steps: u8,
    pixels: f64,
}

impl Axis {
    /// The axis that holds a value, with four to ten marks at round numbers.
    fn up_to(largest: f64, pixels: f64) -> Self {
        let largest = if largest > 0.0 { largest } else { 1.0 };
        let magnitude = 10f64.powf((largest / 10.0).log10().ceil());
        let step = [0.2, 0.5, 1.0].into_iter().map(|part| part * magnitude).find(|step| step * 10.0 >= largest);
        let step = step.unwrap_or(magnitude);
        let steps = (1..=10).find(|steps| f64::from(*steps) * step >= largest).unwrap_or(10);
        Self { step, steps, pixels }
    }

    fn marks(&self) -> impl Iterator<Item = f64> {
        // Ten digits: a step of 0.2 is no whole number of halves, and its sums would show it.
        (0..=self.steps).map(|mark| (f64::from(mark) * self.step * 1e10).round() / 1e10)
    }

    fn length(&self, value: f64) -> f64 {
        value / (f64::from(self.steps) * self.step) * self.pixels
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 40.0;
const PLOT_WIDTH: f64 = 540.0;
const PLOT_HEIGHT: f64 = 300.0;
/// Told apart by those who see no red or no green.
const COLOURS: [&str; 4] = ["#0072b2", "#d55e00", "#009e73", "#666666"];

#[cfg(test)]
mod tests {
    use super::*;

    fn plot(points: Vec<(f64, f64)>) -> String {
        let series = vec![Series { name: "host & relay".to_owned(), points }];
        Plot { title: "a < b".to_owned(), across: "x".to_owned(), up: "y".to_owned(), series }.to_svg()
    }

    #[test]
    fn an_axis_ends_at_a_round_number_that_holds_everything() {
        for (largest, last) in [(7.0, 7.0), (0.93, 1.0), (1234.0, 1400.0), (10.0, 10.0), (0.0, 1.0), (1500.0, 1600.0)] {
            let axis = Axis::up_to(largest, 1.0);
            assert_eq!(axis.marks().last(), Some(last), "{largest}");
            assert!((4..=10).contains(&axis.steps), "{largest}: {} steps", axis.steps);
        }
    }

    #[test]
    fn every_point_is_drawn_and_names_are_escaped() {
        let svg = plot(vec![(0.0, 0.0), (5.0, 2.5), (10.0, 5.0)]);
        assert_eq!(svg.matches("<circle").count(), 3);
        assert!(svg.contains("points=\"70.0,340.0 340.0,190.0 610.0,40.0\""), "{svg}");
        assert!(svg.contains("a &lt; b") && svg.contains("host &amp; relay"));
    }

    #[test]
    fn a_plot_of_nothing_is_still_a_picture() {
        assert!(plot(Vec::new()).ends_with("</svg>\n"));
    }
}
