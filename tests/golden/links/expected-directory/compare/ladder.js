stepladder.give({"pages":["ic/senior/","ic/staff/"],"lines":[[0,"writes","Writes it down."]],"areas":[""],"competencies":[["Craft","craft/",0,[]]],"cells":{"senior":[[0,1]],"staff":[[0,1]]}});
