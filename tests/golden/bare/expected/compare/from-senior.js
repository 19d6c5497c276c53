stepladder.give({"engineer":{"counts":[["nothing",1]],"rows":[]}});
