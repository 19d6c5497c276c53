stepladder.give({"9":{"facets":["A question",""]},"10":{}});
