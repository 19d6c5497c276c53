stepladder.give({"pages":["ic/engineer.html","ic/senior.html"],"lines":[],"areas":[],"competencies":[],"alone":"At this level alone","cells":{"engineer":[],"senior":[]}});
