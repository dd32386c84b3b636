//! Whether cost grows as a straight line.

/// A straight line through measured points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// The cost of nothing.
    pub base: f64,
    /// What one more of `x` costs.
    pub slope: f64,
}

impl Line {
    /// The cost that the line gives for `x`.
    pub fn at(&self, x: f64) -> f64 {
        self.slope.mul_add(x, self.base)
    }

    /// How far the worst of the points is from the line, as a part of what the line gives there: 0.15 is 15 %.
    pub fn worst_deviation(&self, points: &[(f64, f64)]) -> f64 {
        points.iter().map(|(x, y)| (y / self.at(*x) - 1.0).abs()).fold(0.0, f64::max)
    }
}

/// The line that comes nearest to some points, each weighed by how small it is: with the sum of squared *relative* distances as small as it can be.
///
/// Absolute distances would let the largest point alone decide, and "within 15 %" is relative. None through fewer than two different `x`, or where
/// a point's cost is not above zero.
pub fn fit(points: &[(f64, f64)]) -> Option<Line> {
    if points.iter().any(|(_, y)| *y <= 0.0) {
        return None;
    }
    let sum = |of: fn(f64, f64) -> f64| -> f64 { points.iter().map(|(x, y)| of(*x, *y) / (y * y)).sum() };
    let (ones, xs, ys, squares, products) =
        (sum(|_, _| 1.0), sum(|x, _| x), sum(|_, y| y), sum(|x, _| x * x), sum(|x, y| x * y));
    let determinant = ones * squares - xs * xs;
    // Two equal x leave nothing but rounding.
    if determinant <= ones * squares * 1e-12 {
        return None;
    }
    let slope = (ones * products - xs * ys) / determinant;
    Some(Line { base: (ys - slope * xs) / ones, slope })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_a_line_give_that_line() {
        let points = [1.0, 2.0, 4.0, 7.0].map(|x| (x, 3.0 + 0.5 * x));
        let line = fit(&points).unwrap();
        assert!((line.base - 3.0).abs() < 1e-9 && (line.slope - 0.5).abs() < 1e-9, "{line:?}");
        assert!(line.worst_deviation(&points) < 1e-9);
        assert!((line.at(10.0) - 8.0).abs() < 1e-9);
    }

    #[test]
    fn the_smallest_document_counts_as_much_as_the_largest() {
        let points = [(1.0, 101.0), (10.0, 110.0), (100.0, 200.0), (1000.0, 1100.0)];
        let line = fit(&points).unwrap();
        assert!(line.worst_deviation(&points) < 1e-9, "{line:?}");
        let bent = [(1.0, 151.0), (10.0, 110.0), (100.0, 200.0), (1000.0, 1100.0)];
        assert!(fit(&bent).unwrap().worst_deviation(&bent) > 0.15);
    }

    #[test]
    fn what_grows_with_the_square_is_not_within_fifteen_per_cent() {
        let points = [1.0, 10.0, 100.0, 1000.0].map(|x| (x, 1.0 + x * x / 100.0));
        assert!(fit(&points).unwrap().worst_deviation(&points) > 0.15);
    }

    #[test]
    fn there_is_no_line_through_one_place() {
        assert_eq!(fit(&[]), None);
        assert_eq!(fit(&[(1.0, 2.0)]), None);
        assert_eq!(fit(&[(1.0, 2.0), (1.0, 3.0)]), None);
        assert_eq!(fit(&[(1.0, 0.0), (2.0, 3.0)]), None);
    }
}
