"""What services of continuous integration read: SARIF, JUnit, GitHub, GitLab. They are not tables."""
