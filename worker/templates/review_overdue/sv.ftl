subject = Påminnelse: tiden för genomgången har gått ut
body-professional =
    Ärende { $case } skulle ha gåtts igenom senast { $date }, men ingen genomgång har antecknats.

    Ingen fara, genomgången kan fortfarande göras. Om den redan är gjord räcker det att du
    antecknar den i tjänsten. Om den inte blir av kan du anteckna också det.
body-coordinator =
    Ärende { $case } skulle ha gåtts igenom senast { $date }, men ingen genomgång har antecknats.
    En påminnelse har redan skickats.

    Kan du se efter hur det ligger till? Genomgången kan fortfarande göras, och ibland räcker det
    att någon hör av sig.
