# node: condition/all
DELETE DATA { <condition/all> ca:requires <condition/1> }
