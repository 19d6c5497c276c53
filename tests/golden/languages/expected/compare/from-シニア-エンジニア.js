stepladder.give({"café":{"counts":[["added",1],["dropped",2]],"rows":[[0,0,[],null,[],[1,1,0,0]]]},"זוטר":{"counts":[["added",1],["dropped",2]],"rows":[[0,0,[],null,[],[1,1,0,0]]]}});
