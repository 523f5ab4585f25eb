subject = Din bokade tid är inställd
body =
    Den tid som var bokad för dig { $date } med början { $time } är inställd. Vi hör av oss om det
    blir en ny i stället.
