"""`python -m hostcity.site`: the same as the `hostcity` command."""

from hostcity.site.command import main

main()
