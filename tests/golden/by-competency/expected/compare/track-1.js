stepladder.give({"2":{"profile":[[1,3]],"not_applicable":[0],"cells":[[1,["Plans a year ahead."]]]}});
