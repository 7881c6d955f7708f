# node: thing/1
INSERT DATA { <thing/1> ca:name "无类"@zh }
