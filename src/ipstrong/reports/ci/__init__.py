"""What services of continuous integration read: SARIF, JUnit, GitHub, GitLab. They are no tables: one small file each."""
