## Participation figures

figures = Participation figures
figures-none = There are no figures.
figures-table-way = Tables and files
back-to-figures = Participation figures
figures-half-year = { $year }, half-year { $no }
figures-quarter-of = { $year }, quarter { $no }
figures-period = Period
figures-by = Broken down by
figures-by-nothing = Nothing, the total alone
figures-by-hint = Most breakdowns are of whole years alone.
figures-show = Show the table
figures-hidden = hidden
figures-files = The table as a file
figures-files-intro = The file also holds the definition, the period, a note on what is hidden, and the source.
figures-csv = CSV file
figures-workbook = Excel workbook (XLSX)

figures-count = Count
figures-not-there = not published
quarter = Peer support by quarter
quarter-way = Summary: { $period }
quarter-lead = Summary of { $period } ({ $from } to { $to }) and the four quarters before, of all organisations that use the register.
quarter-on-the-last-day = { $name } on { $day }: { $by }
quarter-definitions = What is counted
quarter-source = Source: the register of peer support Rinnalla. The latest figures were published on { $day }.

board = The year’s activity
board-way = Own year { $year } (internal): { $association }
board-internal = Internal: exact figures for the association’s own use. Not to be passed on.
board-lead = The year { $year } as it was recorded on { $day }, beside the year before. Nothing is hidden, and the access log holds that the figures were looked at.
board-workbook = Excel workbook (XLSX)
board-totals = Totals
board-what = What
board-parts = Broken down
board-foot = What is counted in each figure is told on the page of participation figures. Those of the running year are up to today.

grant = A grant target’s year
grant-way = Grant target { $year } (internal): { $name }
grant-lead = Figures for the funder’s yearly report. Each person is counted once in each role. The access log holds that they were looked at.
grant-class = Class of volunteers
grant-trustees = Elected trustees, to be added by hand
grant-trustees-general = A volunteer works without pay and without a contract of employment. For general grants (Ay) elected trustees are no volunteers. The register holds no trustees.
grant-trustees-targeted = A volunteer works without pay and without a contract of employment. For targeted grants (Ak) elected trustees who did such tasks may be added. The register holds no trustees.
grant-trustees-project = A volunteer works without pay and without a contract of employment. For project grants (C) elected trustees who did such tasks may be added. The register holds no trustees.
grant-trustees-other = A volunteer works without pay and without a contract of employment. The funder’s instructions tell whether elected trustees count as volunteers. The register holds no trustees.
grant-kind-general = General grant (Ay)
grant-kind-targeted = Targeted grant (Ak)
grant-kind-project = Project grant (C)
grant-kind-other = Another grant
fact-grant-target = Grant target
fact-grant-funder = Funder
fact-grant-kind = Kind of grant
fact-grant-period = Period of the grant
fact-grant-year = Year
