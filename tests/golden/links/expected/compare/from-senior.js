stepladder.give({"staff":{"counts":[["unchanged",1]],"rows":[[0,1,[],null,[],[0,0,0,1]]]}});
