subject = Påminnelse: ditt samtycke upphör
body =
    Samtycket som du har gett upphör { $date }.

    Du kan förlänga det eller avsluta det genast. Om du inte gör något upphör det då av sig självt.
