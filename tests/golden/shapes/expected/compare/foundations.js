stepladder.give({"0":{"cells":[[0,["Tests what they change."]],[2,["Says early what is late.","Writes so that a colleague can act on it."]]]}});
