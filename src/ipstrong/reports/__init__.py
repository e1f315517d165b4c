"""Reports: `subjects` turn results into tables and pages, `writers` print them, `formats` lists what there is."""
