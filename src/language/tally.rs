//! How often an act was found and how often it was there.

/// How often an act was found and how often it was there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found and there.
    pub right: usize,
    /// Found but not there.
    pub invented: usize,
    /// There but not found.
    pub missed: usize,
}

impl Tally {
    /// Of what was found, how much is there: 0 to 1, or none where nothing was found.
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        ratio(self.right, self.right + self.invented)
    }

    /// Of what is there, how much was found: 0 to 1, or none where nothing is there.
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        ratio(self.right, self.right + self.missed)
    }

    /// Whether the act was there or found at all, so that there is something to say.
    #[must_use]
    pub fn any(self) -> bool {
        self.right + self.invented + self.missed > 0
    }

    /// The harmonic mean of both: 0 to 1.
    #[must_use]
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.invented + self.missed).unwrap_or(0.0)
    }

    /// The mean of both in which recall counts `beta` times as much as precision (van Rijsbergen 1979): 0 to 1.
    #[must_use]
    pub fn f_beta(self, beta: f64) -> f64 {
        let square = beta * beta;
        let right = (1.0 + square) * self.right as f64;
        let all = right + square * self.missed as f64 + self.invented as f64;
        if all > 0.0 { right / all } else { 0.0 }
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
