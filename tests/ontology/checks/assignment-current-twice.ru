# node: assignment/1
INSERT { <assignment/9> ?p ?o } WHERE { <assignment/1> ?p ?o FILTER (?p != ca:edition) } ; INSERT DATA { <assignment/9> ca:edition <policy/zz> }
