stepladder.give({"0":{"facets":["A feature of one system","Works with guidance",""]},"1":{"facets":["One system","","The whole team"],"experience":"About five years."}});
