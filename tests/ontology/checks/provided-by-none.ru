# node: instrument/1
DELETE DATA { <policy/plan> ca:provides <instrument/1> }
