stepladder.give({"pages":["ic/engineer.html","ic/senior.html"],"lines":[],"areas":[],"competencies":[],"cells":{"engineer":[],"senior":[]}});
