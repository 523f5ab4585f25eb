subject = Monthly overview
body =
    People for whom the time limit that was set has passed: { $count }.
