package org.jarvis.safety.command;

import java.util.Set;
import java.util.regex.Pattern;
import org.jarvis.safety.command.grammar.Form;
import org.jarvis.safety.command.grammar.ProgramRule;
import org.jarvis.safety.command.grammar.RuleFile;
import org.jarvis.safety.command.grammar.RuleProblem;

/** What the operator's own rules may not do, whoever confirms them. */
final class OwnRuleLimits {
  /** Programs that execute, interpret or write what their caller chooses. */
  private static final Set<String> NEVER =
      Set.of(
          ("ansible ansible-playbook ar aria2c ash at awk bash batch bc busybox bwrap capsh cargo"
                  + " cc chroot cmake composer cp cpan cpio crash cron crontab csh csplit curl dash dc"
                  + " dd debootstrap deno dmsetup docker doas dpkg dvips easy_install ed egrep elvish"
                  + " emacs env ex exec expect facter fish firejail flock ftp gawk gcc gdb gem ghc"
                  + " ghci gimp git go guile gzip hping3 hg install ionice irb java jjs journalctl jq"
                  + " jrunscript julia kexec ksh latex ld ldconfig less lftp lighttpd ln logrotate lp"
                  + " ltrace lua luajit lxc-attach lxc-execute m4 make man mawk mc mksh more mosh"
                  + " mount mv mysql nano nawk nc ncat netcat nice nmap node nodejs nohup npm npx"
                  + " nsenter octave openssl parallel patch pct perl pexec php pico pip pip3 pkexec"
                  + " podman posh powershell pry psql puppet pwsh python qm qemu r rake rbash"
                  + " redis-cli restic rlwrap rsync ruby run-parts runuser rvim scala sched scp screen"
                  + " script sed setarch setfacl setpriv sftp sh shred socat sort split sqlite sqlite3"
                  + " ssh ssh-agent sshpass stdbuf strace su sudo systemd-nspawn systemd-run systemctl"
                  + " tar taskset tclsh tcpdump tcsh tee telnet tftp time timeout tmux top truncate"
                  + " unshare unzip vagrant valgrind vi view vim vimdiff virsh watch wget wish xargs"
                  + " xterm yash yum zip zsh zypper apt apt-get aptitude pvesh find nvim rpm snap"
                  + " flatpak perf bpftrace")
              .split(" "));

  private static final Pattern VERSION = Pattern.compile("[-.]?[0-9][0-9.]*$");

  private OwnRuleLimits() {}

  /**
   * Refuses a file that goes beyond what the operator's own rules may do.
   *
   * @throws RuleProblem with the line and the reason
   */
  static void check(RuleFile file) throws RuleProblem {
    if (file.hasPaths()) {
      throw new RuleProblem(
          file.name(), 1, "'readable', 'searchable' and 'secret' are not for your own rules.");
    }
    for (ProgramRule rule : file.programs()) {
      check(file, rule);
    }
  }

  private static void check(RuleFile file, ProgramRule rule) throws RuleProblem {
    if (rule.paths().size() != 1) {
      throw new RuleProblem(file.name(), rule.line(), "Name exactly one absolute path.");
    }
    String path = rule.path();
    String base = path.substring(path.lastIndexOf('/') + 1);
    for (String name : new String[] {rule.name(), base}) {
      if (NEVER.contains(name) || NEVER.contains(VERSION.matcher(name).replaceAll(""))) {
        throw new RuleProblem(
            file.name(),
            rule.line(),
            name
                + " executes, interprets or writes what its caller chooses, so no rule of your own"
                + " can be about it.");
      }
    }
    for (Form form : rule.forms()) {
      if (form.role() != Form.Role.PLAIN) {
        throw new RuleProblem(
            file.name(), form.line(), "A program that runs other programs needs a shipped rule.");
      }
    }
  }
}
