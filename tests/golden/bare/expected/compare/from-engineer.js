stepladder.give({"senior":{"counts":[["nothing",1]],"rows":[]}});
