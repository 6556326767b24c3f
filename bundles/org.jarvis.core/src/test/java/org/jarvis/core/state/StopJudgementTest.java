package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jarvis.api.event.Cause;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The table of causes. Guest 101 is last seen running on node atlas at second -10 and read again at
 * second 0. The columns:
 *
 * <ol>
 *   <li>the case, in words
 *   <li>the guest: {@code vm} or {@code ct}, what it was and is, then {@code lock=}, {@code ha=}
 *       (before/now), {@code pid=}, {@code moved}, {@code seen=} how long ago in seconds
 *   <li>its tasks: {@code type:user:from..to}, with no {@code to} while it runs, {@code !} before
 *       what it failed with, {@code #} before its subject where that is not 101, {@code @} before
 *       its node where that is not atlas; {@code ?} when tasks cannot be read, and {@code own}
 *       before them where the cluster shows none but Jarvis's own
 *   <li>the node: {@code up}, {@code off}, {@code none}, or {@code boot} with the second it booted
 *   <li>the journal: {@code -} when it cannot be read, {@code .} when it is empty, else lines of
 *       {@code S}ystemd, the {@code K}ernel, qm{@code E}ventd, {@code Q}EMU or {@code X}, some
 *       other program
 *   <li>the cause, and whose task it was
 * </ol>
 *
 * In it, {@code anna} and {@code root} are people at pam, and {@code jarvis} is Jarvis's own
 * account.
 */
class StopJudgementTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final ClusterId HOME = new ClusterId("home");
  private static final NodeName ATLAS = new NodeName("atlas");
  private static final NodeName BOREAS = new NodeName("boreas");
  private static final String ACCOUNT = "jarvis@pve!operator";
  private static final Pattern TASK =
      Pattern.compile("(\\w+):(\\w+):(-?\\d+)\\.\\.(-?\\d+)?(?:!(\\w+))?(?:#(\\w*))?(?:@(\\w+))?");

  private static final String OWN_ALONE = "own";

  private static final String TABLE =
      """
      # people's tasks
      stopped by a person                     | vm running>stopped | qmstop:anna:-8..-7                     | up | - | user anna
      shut down by a person                   | vm running>stopped | qmshutdown:anna:-9..-2                 | up | - | user anna
      a stop that still runs                  | vm running>stopped | qmstop:anna:-1..                       | up | - | user anna
      a shutdown that began long before       | vm running>stopped | qmshutdown:anna:-170..-3               | up | - | user anna
      a shutdown that began long ago and runs | vm running>stopped | qmshutdown:anna:-170..                 | up | - | user anna
      a stop that ends after the reading      | vm running>stopped | qmstop:anna:-2..3                      | up | - | user anna
      the node's clock is ahead               | vm running>stopped | qmstop:anna:6..7                       | up | - | user anna
      the node's clock is behind              | vm running>stopped | qmstop:anna:-19..-18                   | up | - | user anna
      a stop ended with warnings              | vm running>stopped | qmstop:anna:-8..-7!WARNINGS            | up | - | user anna
      a container stopped                     | ct running>stopped | vzstop:anna:-8..-7                     | up | - | user anna
      a container shut down                   | ct running>stopped | vzshutdown:anna:-8..-4                 | up | - | user anna
      suspended to disk                       | vm running>stopped lock=/suspended | qmsuspend:anna:-8..-2  | up | - | user anna
      paused by a person                      | vm running>paused  | qmpause:anna:-3..-3                    | up | - | user anna
      suspended in memory by a person         | vm running>paused  | qmsuspend:anna:-3..-3                  | up | - | user anna
      a container frozen                      | ct running>paused  | vzsuspend:anna:-3..-3                  | up | - | user anna
      rolled back, which stops it             | vm running>stopped | qmrollback:anna:-8..-2                 | up | - | user anna
      a container rolled back                 | ct running>stopped | vzrollback:anna:-8..-2                 | up | - | user anna
      stopped by root on the command line     | vm running>stopped | qmstop:root:-8..-7                     | up | - | user root
      stopped while paused                    | vm paused>stopped  | qmstop:anna:-8..-7                     | up | - | user anna
      another guest was stopped               | vm running>stopped | qmstop:anna:-8..-7#102                 | up | . | unexplained
      a number that begins the same           | vm running>stopped | qmstop:anna:-8..-7#1011                | up | . | unexplained
      a stop that failed                      | vm running>stopped | qmstop:anna:-8..-7!locked              | up | . | unexplained
      a shutdown that gave up                 | vm running>stopped | qmshutdown:anna:-180..-2!timeout       | up | . | unexplained
      a stop from long before                 | vm running>stopped | qmstop:anna:-60..-58                   | up | . | unexplained
      a stop from long after                  | vm running>stopped | qmstop:anna:30..                       | up | . | unexplained
      a pause does not explain a stop         | vm running>stopped | qmpause:anna:-3..-3                    | up | . | unexplained
      a stop does not explain a pause         | vm running>paused  | qmstop:anna:-3..-2!timeout             | up | . | unexplained
      a snapshot explains nothing             | vm running>stopped | qmsnapshot:anna:-8..-3                 | up | . | unexplained
      looking at the console explains nothing | vm running>stopped | vncproxy:anna:-8..                     | up | . | unexplained
      # several tasks at once
      a shutdown gave up, then a stop         | vm running>stopped | qmshutdown:anna:-180..-5!timeout qmstop:bert:-4..-3 | up | - | user bert
      a shutdown runs, a stop ended it        | vm running>stopped | qmshutdown:anna:-20.. qmstop:bert:-4..-3 | up | - | user bert
      two stops, one failed                   | vm running>stopped | qmstop:anna:-8..-7 qmstop:bert:-6..-5!stopped | up | - | user anna
      two shutdowns that run                  | vm running>stopped | qmshutdown:anna:-9.. qmshutdown:bert:-5.. | up | - | user bert
      a person's and Jarvis's                 | vm running>stopped | qmshutdown:anna:-9..-4!timeout qmstop:jarvis:-3..-2 | up | - | jarvis jarvis
      other guests' stops beside ours         | vm running>stopped | qmstop:bert:-8..-7#102 qmstop:anna:-6..-5 qmstop:bert:-3..-2#103 | up | - | user anna
      stopped, started, stopped again         | vm running>stopped | qmstop:anna:-9..-8 qmstart:anna:-7..-6 qmstop:bert:-3..-2 | up | - | user bert
      stopped, started, then gone by itself   | vm running>stopped | qmstop:anna:-9..-8 qmstart:anna:-7..-6 | up | S 101.scope: Deactivated successfully. | inside
      stopped, started, then crashed          | vm running>stopped pid=4711 | qmstop:anna:-9..-8 qmstart:anna:-7..-6 | up | S 101.scope: Failed with result 'oom-kill'. | crash
      stopped, and a start that failed        | vm running>stopped | qmstop:anna:-9..-8 qmstart:bert:-7..-6!nomemory | up | - | user anna
      stopped, and a start that still runs    | vm running>stopped | qmstop:anna:-9..-8 qmstart:bert:-1..   | up | - | user anna
      a start before the stop                 | vm running>stopped | qmstart:bert:-14..-12 qmstop:anna:-5..-4 | up | - | user anna
      a start in the second of the stop       | vm running>stopped | qmstop:anna:-8..-7 qmstart:anna:-7..-7 | up | . | unexplained
      # Jarvis
      stopped by Jarvis                       | vm running>stopped | qmstop:jarvis:-8..-7                   | up | - | jarvis jarvis
      shut down by Jarvis, still followed     | vm running>stopped | qmshutdown:jarvis:-8..                 | up | - | jarvis jarvis
      a container by Jarvis                   | ct running>stopped | vzshutdown:jarvis:-8..-1               | up | - | jarvis jarvis
      paused by Jarvis                        | vm running>paused  | qmpause:jarvis:-3..-3                  | up | - | jarvis jarvis
      another token of the same user          | vm running>stopped | qmstop:jarvis2:-8..-7                  | up | - | user jarvis2
      # backups
      a backup stops a VM                     | vm running>stopped lock=/backup | vzdump:root:-9.. qmshutdown:root:-8..-2 | up | - | backup root
      the same, asked for by a person         | vm running>stopped lock=/backup | vzdump:anna:-9.. qmshutdown:root:-8..-2 | up | - | backup anna
      the same, by Jarvis                     | vm running>stopped lock=/backup | vzdump:jarvis:-9.. qmshutdown:root:-8..-2 | up | - | backup jarvis
      a job over many guests stops a VM       | vm running>stopped lock=/backup | vzdump:root:-900..# qmshutdown:root:-8..-2 | up | - | backup root
      a backup stops a container              | ct running>stopped lock=/backup | vzdump:root:-9..          | up | . | backup root
      a job over many stops a container       | ct running>stopped lock=/backup | vzdump:root:-900..#       | up | . | backup root
      a backup suspends a VM                  | vm running>paused lock=/backup | vzdump:root:-9..           | up | . | backup root
      a backup suspends a VM by a task        | vm running>paused lock=/backup | vzdump:root:-9.. qmsuspend:root:-5..-5 | up | - | backup root
      locked before, freed since, still on    | ct running>stopped lock=backup/ | vzdump:root:-9..#         | up | . | backup root
      restarted by a backup                   | vm running>running lock=/backup | vzdump:root:-9.. qmshutdown:root:-8..-5 qmstart:root:-5..-4 | up | - | backup root
      a container restarted by a backup       | ct running>running | vzdump:root:-9..-1                     | up | - | backup root
      a backup of another guest               | ct running>stopped | vzdump:root:-9..#102                   | up | . | unexplained
      a job that is at another guest          | ct running>stopped | vzdump:root:-900..#                    | up | . | unexplained
      a job on another node                   | ct running>stopped lock=/backup | vzdump:root:-900..#@boreas | up | . | unexplained
      a backup that was over                  | ct running>stopped | vzdump:root:-90..-30                   | up | . | unexplained
      a backup ended before the reading       | ct running>stopped | vzdump:root:-90..-11                   | up | . | unexplained
      crashed while it was backed up          | vm running>stopped lock=/backup pid=4711 | vzdump:root:-9.. | up | K Out of memory: Killed process 4711 (kvm) total-vm:1kB | crash
      a person stops it while it is backed up | vm running>stopped lock=/backup | vzdump:root:-9.. qmstop:anna:-5..-4 | up | - | user anna
      # high availability
      hastop by a person                      | vm running>stopped ha=started/stopped | hastop:anna:-9..-9 qmshutdown:root:-7..-2 | up | - | high-availability anna
      hastop that is still under way          | vm running>stopped ha=started/request_stop | hastop:anna:-9.. | up | - | high-availability anna
      its manager stops it                    | vm running>stopped ha=started/stopped | qmstop:root:-7..-5    | up | - | high-availability root
      a container by its manager              | ct running>stopped ha=started/stopped | vzshutdown:root:-7..-5 | up | - | high-availability root
      a request to stop, and no task          | vm running>stopped ha=started/request_stop |                  | up | - | high-availability
      its service is in error                 | vm running>stopped ha=started/error |                         | up | - | high-availability
      it is being recovered                   | vm running>stopped ha=fence/recovery moved |                  | up | - | high-availability
      it is being fenced                      | vm running>stopped ha=started/fence |                         | up | - | high-availability
      it relocates it                         | vm running>stopped ha=started/relocate |                      | up | - | high-availability
      started again after it failed           | vm running>running ha=started/started | qmstart:root:-3..-2   | up | - | high-availability root
      recovered on another node               | vm running>running ha=fence/started moved | qmstart:root:-3..-2@boreas | up | - | high-availability root
      managed, but a person's task            | vm running>stopped ha=started/stopped | qmstop:anna:-7..-5    | up | - | user anna
      managed, but Jarvis's task              | vm running>stopped ha=started/stopped | qmstop:jarvis:-7..-5  | up | - | jarvis jarvis
      managed, started, ended from the inside | vm running>stopped ha=started/started |                       | up | S 101.scope: Deactivated successfully. | inside
      managed and ignored, ended by itself    | vm running>stopped ha=ignored/ignored |                       | up | . | unexplained
      a hastop of another guest               | vm running>stopped | hastop:anna:-9..-9#102                 | up | . | unexplained
      a hastop that failed                    | vm running>stopped | hastop:anna:-9..-9!nosuch              | up | . | unexplained
      # migration
      a VM moves while it runs                | vm running>stopped | qmigrate:anna:-9..                     | up | - | migration anna
      a container moves by a restart          | ct running>stopped | vzmigrate:anna:-9..                    | up | - | migration anna
      it has moved                            | ct running>stopped moved | vzmigrate:anna:-9..-1            | up | - | migration anna
      its manager moves it                    | vm running>stopped ha=started/migrate | hamigrate:anna:-9.. | up | - | migration anna
      moved: its process is a new one         | vm running>running moved | qmigrate:anna:-60..-2            | up | - | migration anna
      moved by Jarvis                         | vm running>running moved | qmigrate:jarvis:-60..-2          | up | - | migration jarvis
      paused while it moves                   | vm running>paused  | qmigrate:anna:-9..                     | up | - | migration anna
      a migration failed and left it down     | ct running>stopped | vzmigrate:anna:-9..-2!noroute          | up | - | migration anna
      stopped after a migration that failed   | vm running>stopped | qmigrate:anna:-9..-5!noroute qmstop:bert:-4..-3 | up | - | user bert
      a migration of another guest            | vm running>stopped | qmigrate:anna:-9..#102                 | up | . | unexplained
      moved before, ended since               | vm running>stopped | qmigrate:anna:-60..-15                 | up | S 101.scope: Deactivated successfully. | inside
      # its node
      its node falls silent                   | vm running>unknown |                                        | off | - | node-death
      its node is gone from the cluster       | vm running>unknown |                                        | none | - | node-death
      its node is silent, tasks unreadable    | vm running>unknown | ?                                      | off | - | node-death
      its node was shut down                  | vm running>unknown | stopall:root:-9..-5#                   | off | - | node-shutdown root
      its node lives and does not tell        | vm running>unknown |                                        | up | - | unexplained
      fenced: stopped once the node is back   | vm unknown>stopped |                                        | boot -60 | - | node-death
      stopped on a node that is off           | vm running>stopped |                                        | off | - | node-death
      its node went down and came back        | vm running>stopped |                                        | boot -5 | - | node-death
      the node booted while nobody watched    | vm running>running |                                        | boot -5 | - | node-death
      the node booted long before             | vm running>stopped |                                        | boot -400 | . | unexplained
      the node shuts its guests down          | vm running>stopped | stopall:root:-9..# qmshutdown:root:-8..-3 | up | - | node-shutdown root
      the node shuts a container down         | ct running>stopped | stopall:root:-9..# vzshutdown:root:-8..-3 | up | - | node-shutdown root
      down and back, its guests shut down     | vm running>stopped | stopall:root:-9..-5# qmshutdown:root:-8..-6 | boot -2 | - | node-shutdown root
      rebooted, and its guests came back      | vm running>running | stopall:root:-9..-7# qmshutdown:root:-8..-7 qmstart:root:-2..-1 | boot -4 | - | node-shutdown root
      a person stops all guests of a node     | vm running>stopped | stopall:anna:-9..#                     | up | - | user anna
      the same, with a task for each          | vm running>stopped | stopall:anna:-9..# qmshutdown:anna:-8..-3 | up | - | user anna
      Jarvis stops all guests of a node       | vm running>stopped | stopall:jarvis:-9..#                   | up | - | jarvis jarvis
      all guests of another node              | vm running>stopped | stopall:root:-9..#@boreas              | up | . | unexplained
      # deleted
      deleted by a person                     | vm running>gone    | qmstop:anna:-9..-8 qmdestroy:anna:-6..-3 | up | - | deleted anna
      a container deleted by force            | ct running>gone    | vzdestroy:anna:-6..-3                  | up | - | deleted anna
      deleted by Jarvis                       | vm stopped>gone    | qmdestroy:jarvis:-6..-3                | up | - | deleted jarvis
      deleted, and nobody tells by whom       | vm running>gone    |                                        | up | - | deleted
      deleted, tasks unreadable               | vm running>gone    | ?                                      | up | - | deleted
      a deletion that failed is none          | vm running>gone    | qmdestroy:anna:-6..-3!running          | up | - | deleted
      deleted and made anew                   | vm running>stopped | qmstop:anna:-9..-8 qmdestroy:anna:-7..-6 qmcreate:anna:-4..-3 | up | - | deleted anna
      # from the inside
      shut down from the inside               | vm running>stopped |                                        | up | S 101.scope: Deactivated successfully. | inside
      the same, as qmeventd tells it          | vm running>stopped |                                        | up | E Starting cleanup for 101 / E Finished cleanup for 101 | inside
      a container shut down from the inside   | ct running>stopped |                                        | up | S pve-container@101.service: Deactivated successfully. | inside
      as an older systemd words it            | vm running>stopped |                                        | up | S 101.scope: Succeeded. | inside
      it had consumed time                    | vm running>stopped |                                        | up | S 101.scope: Consumed 3min 2.113s CPU time. | inside
      rebooted from the inside                | ct running>running |                                        | up | - | inside
      ended, and started by a person          | vm running>running | qmstart:anna:-3..-2                    | up | S 101.scope: Deactivated successfully. | inside
      ended, started, and nobody tells why    | vm running>running | qmstart:anna:-3..-2                    | up | - | unexplained
      another VM ended                        | vm running>stopped |                                        | up | S 102.scope: Deactivated successfully. | unexplained
      a number that ends the same             | vm running>stopped |                                        | up | S 1101.scope: Deactivated successfully. | unexplained
      the scope of a VM says nothing of a ct  | ct running>stopped |                                        | up | S 101.scope: Deactivated successfully. | unexplained
      it ended, but others' tasks are hidden  | vm running>stopped | own                                    | up | S 101.scope: Deactivated successfully. | unexplained
      rebooted, but others' tasks are hidden  | vm running>running | own                                    | up | . | unexplained
      nothing, and others' tasks are hidden   | vm running>stopped | own                                    | up | . | unexplained
      crashed, others' tasks are hidden       | vm running>stopped | own                                    | up | S 101.scope: Failed with result 'oom-kill'. | crash
      stopped by Jarvis, others' hidden       | vm running>stopped | own qmstop:jarvis:-8..-7               | up | - | jarvis jarvis
      it ended, but tasks cannot be read      | vm running>stopped | ?                                      | up | S 101.scope: Deactivated successfully. | unexplained
      a program that quotes systemd           | vm running>stopped |                                        | up | X systemd[1]: 101.scope: Deactivated successfully. | unexplained
      # crashes
      killed for want of memory, by its scope | vm running>stopped |                                        | up | S 101.scope: A process of this unit has been killed by the OOM killer. | crash
      its scope failed                        | vm running>stopped |                                        | up | S 101.scope: Failed with result 'oom-kill'. | crash
      killed, as the kernel tells by scope    | vm running>stopped |                                        | up | K oom-kill:constraint=CONSTRAINT_NONE,task_memcg=/qemu.slice/101.scope,task=kvm,pid=4711,uid=0 | crash
      killed, as the kernel tells twice       | vm running>stopped pid=4711 |                               | up | K oom-kill:constraint=CONSTRAINT_NONE,task_memcg=/qemu.slice/101.scope,task=kvm,pid=4711,uid=0 / K Out of memory: Killed process 4711 (kvm) | crash
      killed, as the kernel tells by process  | vm running>stopped pid=4711 |                               | up | K Out of memory: Killed process 4711 (kvm) total-vm:8kB | crash
      killed within a limit                   | vm running>stopped pid=4711 |                               | up | K Memory cgroup out of memory: Killed process 4711 (kvm) total-vm:8kB | crash
      a segmentation fault                    | vm running>stopped pid=4711 |                               | up | K kvm[4711]: segfault at 0 ip 00005581 sp 00007ffe error 4 in qemu-system-x86_64 | crash
      with the kernel's own clock             | vm running>stopped pid=4711 |                               | up | K [12345.678901] kvm[4711]: segfault at 0 ip 00005581 | crash
      a processor's thread, its scope alone   | vm running>stopped |                                        | up | K CPU 0/KVM[4713]: segfault at 0 ip 00005581 / S 101.scope: Deactivated successfully. | crash
      a trap                                  | vm running>stopped pid=4711 |                               | up | K traps: kvm[4711] trap invalid opcode ip:55 sp:7f error:0 in qemu | crash
      QEMU was killed                         | vm running>stopped pid=4711 |                               | up | Q4711 kvm: terminating on signal 15 from pid 999 (kill) | crash
      QEMU gave up                            | vm running>stopped pid=4711 |                               | up | Q4711 kvm: ../hw/scsi/scsi-bus.c:1: Assertion `x' failed. | crash
      crashed, tasks unreadable               | vm running>stopped | ?                                      | up | S 101.scope: Failed with result 'oom-kill'. | crash
      crashed, cleaned up afterwards          | vm running>stopped pid=4711 |                               | up | K kvm[4711]: segfault at 0 ip 1 / S 101.scope: Deactivated successfully. / E Finished cleanup for 101 | crash
      a container's first process was killed  | ct running>stopped |                                        | up | S pve-container@101.service: Main process exited, code=killed, status=9/KILL | crash
      a container failed                      | ct running>stopped |                                        | up | S pve-container@101.service: Failed with result 'signal'. | crash
      crashed, then started by a person       | vm running>running pid=4711 | qmstart:anna:-3..-2           | up | K kvm[4711]: segfault at 0 ip 1 | crash
      another VM was killed                   | vm running>stopped pid=4711 |                               | up | K oom-kill:constraint=CONSTRAINT_NONE,task_memcg=/qemu.slice/102.scope,task=kvm,pid=99 / S 101.scope: Deactivated successfully. | inside
      two VMs ended, one of them crashed      | vm running>stopped |                                        | up | K Out of memory: Killed process 99 (kvm) total-vm:8kB / S 101.scope: Deactivated successfully. / S 102.scope: Deactivated successfully. | unexplained
      some process was killed, ours not ended | vm running>stopped |                                        | up | K Out of memory: Killed process 99 (kvm) total-vm:8kB | unexplained
      some other program was killed           | vm running>stopped |                                        | up | K Out of memory: Killed process 99 (chrome) total-vm:8kB / S 101.scope: Deactivated successfully. | inside
      killed within a container               | ct running>stopped |                                        | up | K oom-kill:constraint=CONSTRAINT_MEMCG,task_memcg=/lxc/101/ns,task=java,pid=5 / S pve-container@101.service: Deactivated successfully. | inside
      QEMU only warned                        | vm running>stopped pid=4711 |                               | up | Q4711 kvm: warning: TSC frequency mismatch / S 101.scope: Deactivated successfully. | inside
      a program that quotes the kernel        | vm running>stopped pid=4711 |                               | up | X kernel: Out of memory: Killed process 4711 (kvm) | unexplained
      a guest's own words in a name           | vm running>stopped pid=4711 |                               | up | S Started 102.scope - 101.scope: Failed with result 'oom-kill'. | unexplained
      # nobody watched for an hour
      stopped meanwhile by a person           | vm running>stopped seen=3600 | qmstop:anna:-1800..-1799         | up | - | user anna
      stopped by itself, tasks reach back     | vm running>stopped seen=3600 | qmstart:bert:-5000..-4999#102    | up | S 101.scope: Deactivated successfully. | inside
      stopped, tasks do not reach back        | vm running>stopped seen=3600 | qmstart:bert:-100..-99#102       | up | S 101.scope: Deactivated successfully. | unexplained
      restarted, tasks do not reach back      | vm running>running seen=3600 | qmstart:bert:-100..-99#102       | up | - | unexplained
      rebooted by itself, tasks reach back    | ct running>running seen=3600 | qmstart:bert:-5000..-4999#102    | up | - | inside
      crashed, tasks do not reach back        | vm running>stopped seen=3600 | qmstart:bert:-100..-99#102       | up | S 101.scope: Failed with result 'oom-kill'. | crash
      its node went down meanwhile            | vm running>stopped seen=3600 |                                  | boot -1800 | - | node-death
      # nothing to go by
      no task, and no journal                 | vm running>stopped |                                        | up | - | unexplained
      no task, and an empty journal           | vm running>stopped |                                        | up | . | unexplained
      neither tasks nor journal               | vm running>stopped | ?                                      | up | - | unexplained
      paused, and no task                     | vm running>paused  |                                        | up | . | unexplained
      restarted, tasks unreadable             | vm running>running | ?                                      | up | - | unexplained
      elsewhere, and no task moved it         | vm running>running moved |                                  | up | . | unexplained
      """;

  @TestFactory
  Stream<DynamicTest> judges() {
    return rows()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.name,
                    () -> {
                      Cause cause = StopJudgement.of(row.evidence());
                      String user = cause.user() == null ? "" : " " + name(cause.user());
                      assertThat(cause.kind().word() + user)
                          .as("%s: %s", row.name, cause.explanation())
                          .isEqualTo(row.expected);
                    }));
  }

  /** Whatever is explained without the journal is explained without asking for it. */
  @TestFactory
  Stream<DynamicTest> asksForTheJournalOnlyWhereNothingElseTells() {
    return rows()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.name,
                    () -> {
                      StopEvidence unasked = row.evidence().withJournal(null);
                      Cause.Kind kind = StopJudgement.of(unasked).kind();
                      if (StopJudgement.needsJournal(unasked)) {
                        assertThat(kind).isIn(Cause.Kind.UNEXPLAINED, Cause.Kind.BACKUP);
                      } else if (kind == Cause.Kind.UNEXPLAINED) {
                        assertThat(unasked.turn()).isEqualTo(StopEvidence.Turn.LOST);
                      }
                    }));
  }

  @Test
  void holdsMoreThanAHundredCases() {
    assertThat(rows().map(row -> row.name).distinct()).hasSizeGreaterThan(140);
    assertThat(rows().map(row -> row.expected.split(" ", -1)[0]).distinct())
        .containsExactlyInAnyOrder(
            Arrays.stream(Cause.Kind.values()).map(Cause.Kind::word).toArray(String[]::new));
  }

  @Test
  void saysItInOneClause() {
    assertThat(StopJudgement.of(row("stopped by a person").evidence()).explanation())
        .isEqualTo("stopped by anna@pam (qmstop)");
    assertThat(StopJudgement.of(row("stopped by Jarvis").evidence()).explanation())
        .isEqualTo("stopped by Jarvis (qmstop)");
    assertThat(
            StopJudgement.of(row("nothing, and others' tasks are hidden").evidence()).explanation())
        .isEqualTo(
            "unexplained: the cluster shows Jarvis only its own tasks, for want of the privilege to"
                + " see others'");
    assertThat(StopJudgement.of(row("its scope failed").evidence()).explanation())
        .isEqualTo(
            "it crashed; the journal of its node says: 101.scope: Failed with result 'oom-kill'.");
    assertThat(StopJudgement.of(row("killed, as the kernel tells twice").evidence()).explanation())
        .isEqualTo(
            "it crashed; the journal of its node says: Out of memory: Killed process 4711 (kvm)");
  }

  private static Row row(String name) {
    return rows().filter(row -> row.name.equals(name)).findFirst().orElseThrow();
  }

  private static Stream<Row> rows() {
    return TABLE.lines().filter(line -> !line.startsWith("#")).map(Row::of);
  }

  private static String user(String name) {
    return switch (name) {
      case "jarvis" -> ACCOUNT;
      case "jarvis2" -> "jarvis@pve!other";
      default -> name + "@pam";
    };
  }

  private static String name(String user) {
    return switch (user) {
      case ACCOUNT -> "jarvis";
      case "jarvis@pve!other" -> "jarvis2";
      default -> user.replace("@pam", "");
    };
  }

  private static Instant second(String text) {
    return NOW.plusSeconds(Long.parseLong(text));
  }

  /** One line of the table. */
  private record Row(
      String name, String guest, String tasks, String node, String journal, String expected) {
    static Row of(String line) {
      String[] cells = line.split("\\|", -1);
      assertThat(cells).as(line).hasSize(6);
      return new Row(
          cells[0].strip(),
          cells[1].strip(),
          cells[2].strip(),
          cells[3].strip(),
          cells[4].strip(),
          cells[5].strip());
    }

    StopEvidence evidence() {
      List<String> words = List.of(guest.split(" +", -1));
      String[] turn = words.get(1).split(">", -1);
      String[] ha = option(words, "ha", "/").split("/", -1);
      String[] lock = option(words, "lock", "/").split("/", -1);
      String pid = option(words, "pid", "");
      boolean moved = words.contains("moved");
      GuestType type = words.get(0).equals("vm") ? GuestType.QEMU : GuestType.LXC;
      return new StopEvidence(
          guest(type, turn[0], ATLAS, lock[0], ha[0], second("-" + option(words, "seen", "10"))),
          turn[1].equals("gone")
              ? null
              : guest(type, turn[1], moved ? BOREAS : ATLAS, lock[1], ha[1], NOW),
          NOW,
          nodeNow(),
          tasks.equals("?") ? null : new ListedTasks(readTasks(), !tasks.startsWith(OWN_ALONE)),
          none(ha[0]),
          none(ha[1]),
          ACCOUNT,
          pid.isEmpty() ? null : Long.valueOf(pid),
          lines());
    }

    private static String option(List<String> words, String key, String otherwise) {
      return words.stream()
          .filter(word -> word.startsWith(key + "="))
          .map(word -> word.substring(key.length() + 1))
          .findFirst()
          .orElse(otherwise);
    }

    private static @Nullable String none(String text) {
      return text.isEmpty() ? null : text;
    }

    private static Guest guest(
        GuestType type, String status, NodeName node, String lock, String ha, Instant at) {
      return new Guest(
          HOME,
          new GuestId(101),
          type,
          "web",
          node,
          Guest.Status.valueOf(status.toUpperCase(Locale.ROOT)),
          false,
          List.of(),
          none(lock),
          null,
          none(ha),
          null,
          null,
          null,
          null,
          null,
          null,
          new Observation("pve:home", at, Duration.ofSeconds(10)));
    }

    private @Nullable Node nodeNow() {
      if (node.equals("none")) {
        return null;
      }
      Duration uptime =
          node.startsWith("boot ")
              ? Duration.between(second(node.substring(5)), NOW)
              : Duration.ofDays(9);
      return new Node(
          HOME,
          ATLAS,
          node.equals("off") ? Node.Status.OFFLINE : Node.Status.ONLINE,
          null,
          null,
          null,
          null,
          null,
          null,
          node.equals("off") ? null : uptime,
          new Observation("pve:home", NOW, Duration.ofSeconds(10)));
    }

    private List<TaskState> readTasks() {
      List<TaskState> states = new ArrayList<>();
      String listed = tasks.startsWith(OWN_ALONE) ? tasks.substring(3).strip() : tasks;
      for (String text : listed.isEmpty() ? new String[0] : listed.split(" +", -1)) {
        Matcher task = TASK.matcher(text);
        assertThat(task.matches()).as(text).isTrue();
        boolean ended = task.group(4) != null;
        String failure = task.group(5);
        String exit = failure == null ? "OK" : failure.equals("WARNINGS") ? "WARNINGS: 1" : failure;
        states.add(
            new TaskState(
                new TaskId(task.group(7) == null ? ATLAS : BOREAS, "UPID:" + text),
                task.group(1),
                task.group(6) == null ? "101" : task.group(6),
                user(task.group(2)),
                second(task.group(3)),
                ended ? second(task.group(4)) : null,
                ended ? exit : null));
      }
      return states;
    }

    private @Nullable List<String> lines() {
      return switch (journal) {
        case "-" -> null;
        case "." -> List.of();
        default -> Arrays.stream(journal.split(" / ", -1)).map(Row::line).toList();
      };
    }

    private static String line(String text) {
      int space = text.indexOf(' ');
      String who =
          switch (text.charAt(0)) {
            case 'S' -> "systemd[1]";
            case 'K' -> "kernel";
            case 'E' -> "qmeventd[812]";
            case 'Q' -> "QEMU[" + text.substring(1, space) + "]";
            case 'X' -> "sshd[77]";
            default -> throw new AssertionError(text);
          };
      return "Nov 26 11:59:55 atlas " + who + ": " + text.substring(space + 1);
    }
  }
}
