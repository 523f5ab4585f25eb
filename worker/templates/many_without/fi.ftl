subject = Kuukausikatsaus
body =
    Henkilöitä, joiden kohdalla asetettu aikaraja on ylittynyt: { $count }.
