stepladder.give({"זוטר":{"counts":[["added",1],["dropped",1]],"rows":[[0,0,[],null,[],[1,1,0,0]]]},"シニア-エンジニア":{"counts":[["added",2],["dropped",1]],"rows":[[0,0,[],null,[],[1,1,0,0]]]}});
