package org.jarvis.lab.pve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jarvis.lab.sim.CopyWork;
import org.jarvis.lab.sim.GuestAddress;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.MoveWork;
import org.jarvis.lab.sim.Refusal;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.TaskOwner;
import org.jarvis.lab.sim.Upid;
import org.jarvis.lab.sim.Works;

/** What suspends, keeps, moves, copies and deletes guests. */
final class GuestWriteEndpoints {

  private static final String ONE = "/vms/{vmid}";
  private final Works works;

  GuestWriteEndpoints(SimulatedCluster cluster) {
    this.works = cluster.works();
  }

  List<Endpoint> all() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (GuestKind kind : GuestKind.values()) {
      String one = "/nodes/{node}/" + kind.type() + "/{vmid}";
      endpoints.addAll(power(kind, one));
      endpoints.addAll(snapshots(kind, one));
      endpoints.addAll(whole(kind, one));
    }
    return endpoints;
  }

  /** A call that makes a task. */
  interface Request {
    Upid make(GuestAddress address, Arguments arguments, TaskOwner owner) throws Refusal, PveError;
  }

  static Endpoint.Handler task(GuestKind kind, Request request) {
    return (arguments, caller) -> {
      noSkippedLock(arguments);
      GuestAddress address = new GuestAddress(kind, arguments.required("node"), arguments.vmid());
      try {
        return request.make(address, arguments, owner(caller)).toString();
      } catch (Refusal refusal) {
        throw PveError.internal(refusal.text());
      }
    };
  }

  static TaskOwner owner(Caller caller) {
    return new TaskOwner(caller.token().user(), caller.token().name());
  }

  /** Root's own session may; no token is that, not even one of root's. */
  static void noSkippedLock(Arguments arguments) throws PveError {
    if (arguments.flag("skiplock")) {
      throw PveError.parameters(Map.of("skiplock", "Only root may use this option."));
    }
  }

  private List<Endpoint> power(GuestKind kind, String one) {
    List<Endpoint> endpoints = new ArrayList<>();
    boolean machine = kind == GuestKind.QEMU;
    Endpoint suspend =
        Endpoint.post(one + "/status/suspend", suspending(kind)).needs("VM.PowerMgmt", ONE);
    Endpoint resume =
        Endpoint.post(
                one + "/status/resume",
                task(
                    kind, (address, arguments, owner) -> works.suspension().resume(address, owner)))
            .needs("VM.PowerMgmt", ONE);
    if (machine) {
      endpoints.add(
          suspend.takes(
              Parameter.flag("skiplock"),
              Parameter.formed("statestorage", false, ParameterFormat.STORAGE),
              Parameter.flag("todisk")));
      endpoints.add(resume.takes(Parameter.flag("nocheck"), Parameter.flag("skiplock")));
      endpoints.add(
          Endpoint.post(
                  one + "/status/reset",
                  task(
                      kind,
                      (address, arguments, owner) -> works.suspension().reset(address, owner)))
              .takes(Parameter.flag("skiplock"))
              .needs("VM.PowerMgmt", ONE));
    } else {
      endpoints.add(suspend);
      endpoints.add(resume);
    }
    return endpoints;
  }

  private Endpoint.Handler suspending(GuestKind kind) {
    Endpoint.Handler handler =
        task(
            kind,
            (address, arguments, owner) ->
                works.suspension().suspend(address, arguments.flag("todisk"), owner));
    return (arguments, caller) -> {
      if (arguments.flag("todisk")) {
        caller.mustHave("VM.Config.Disk", "/vms/" + arguments.vmid());
      }
      return handler.answer(arguments, caller);
    };
  }

  private List<Endpoint> snapshots(GuestKind kind, String one) {
    List<Parameter> taking =
        new ArrayList<>(
            List.of(
                Parameter.text("description"),
                Parameter.formed("snapname", true, ParameterFormat.CONFIG_ID)));
    if (kind == GuestKind.QEMU) {
      taking.add(Parameter.flag("vmstate"));
    }
    return List.of(
        Endpoint.post(
                one + "/snapshot",
                task(
                    kind,
                    (address, arguments, owner) ->
                        works
                            .snapshots()
                            .take(
                                address,
                                arguments.required("snapname"),
                                arguments.text("description").orElse(""),
                                arguments.flag("vmstate"),
                                owner)))
            .takes(taking)
            .needs("VM.Snapshot", ONE),
        Endpoint.delete(
                one + "/snapshot/{snapname}",
                task(
                    kind,
                    (address, arguments, owner) ->
                        works.snapshots().delete(address, arguments.required("snapname"), owner)))
            .takes(Parameter.flag("force"))
            .needs("VM.Snapshot", ONE),
        Endpoint.post(
                one + "/snapshot/{snapname}/rollback",
                task(
                    kind,
                    (address, arguments, owner) ->
                        works
                            .snapshots()
                            .rollBack(
                                address,
                                arguments.required("snapname"),
                                arguments.flag("start"),
                                owner)))
            .takes(Parameter.flag("start"))
            .needsAny(List.of("VM.Snapshot", "VM.Snapshot.Rollback"), ONE));
  }

  private List<Endpoint> whole(GuestKind kind, String one) {
    boolean machine = kind == GuestKind.QEMU;
    return List.of(
        Endpoint.post(one + "/migrate", task(kind, this::move))
            .takes(machine ? machineMoves() : containerMoves())
            .needs("VM.Migrate", ONE),
        Endpoint.post(one + "/clone", copying(kind)).takes(copies(machine)).needs("VM.Clone", ONE),
        Endpoint.delete(
                one,
                task(
                    kind,
                    (address, arguments, owner) ->
                        works
                            .copies()
                            .delete(
                                address, arguments.flag("purge"), arguments.flag("force"), owner)))
            .takes(
                Parameter.flag("destroy-unreferenced-disks"),
                Parameter.flag(machine ? "skiplock" : "force"),
                Parameter.flag("purge"))
            .needs("VM.Allocate", ONE));
  }

  private static List<Parameter> machineMoves() {
    return List.of(
        Parameter.whole("bwlimit"),
        Parameter.flag("force"),
        Parameter.text("migration_network"),
        Parameter.oneOf("migration_type", false, "secure", "insecure"),
        Parameter.flag("online"),
        Parameter.formed("target", true, ParameterFormat.NODE),
        Parameter.text("targetstorage"),
        Parameter.flag("with-conntrack-state"),
        Parameter.flag("with-local-disks"));
  }

  private static List<Parameter> containerMoves() {
    return List.of(
        Parameter.decimal("bwlimit", 0, Long.MAX_VALUE),
        Parameter.flag("online"),
        Parameter.flag("restart"),
        Parameter.formed("target", true, ParameterFormat.NODE),
        Parameter.text("target-storage"),
        Parameter.whole("timeout", Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private Upid move(GuestAddress address, Arguments arguments, TaskOwner owner)
      throws Refusal, PveError {
    if (arguments.required("target").equals(address.node())) {
      throw PveError.parameters(Map.of("target", "target is local node."));
    }
    boolean machine = address.kind() == GuestKind.QEMU;
    return works
        .moves()
        .move(
            address,
            new MoveWork.Request(
                arguments.required("target"),
                arguments.flag("online") || arguments.flag("restart"),
                arguments.flag("with-local-disks"),
                arguments
                    .text(machine ? "targetstorage" : "target-storage")
                    .filter(storage -> !storage.equals("1"))),
            owner);
  }

  private static List<Parameter> copies(boolean machine) {
    List<Parameter> parameters =
        new ArrayList<>(
            List.of(
                Parameter.text("description"),
                Parameter.flag("full"),
                Parameter.formed(machine ? "name" : "hostname", false, ParameterFormat.HOST_NAME),
                Parameter.guestNumber("newid", true),
                Parameter.text("pool"),
                Parameter.formed("snapname", false, ParameterFormat.CONFIG_ID),
                Parameter.formed("storage", false, ParameterFormat.STORAGE),
                Parameter.formed("target", false, ParameterFormat.NODE)));
    if (machine) {
      parameters.add(Parameter.whole("bwlimit"));
      parameters.add(Parameter.oneOf("format", false, "raw", "qcow2", "vmdk"));
    } else {
      parameters.add(Parameter.decimal("bwlimit", 0, Long.MAX_VALUE));
    }
    return parameters;
  }

  private Endpoint.Handler copying(GuestKind kind) {
    Endpoint.Handler handler =
        task(
            kind,
            (address, arguments, owner) ->
                works
                    .copies()
                    .copy(
                        address,
                        new CopyWork.Request(
                            Integer.parseInt(arguments.required("newid")),
                            arguments.text(kind == GuestKind.QEMU ? "name" : "hostname"),
                            arguments.text("target"),
                            arguments.text("full").map(given -> arguments.flag("full")),
                            arguments.text("storage"),
                            arguments.text("snapname"),
                            arguments.text("description")),
                        owner));
    return (arguments, caller) -> {
      caller.mustHave("VM.Allocate", "/vms/" + arguments.required("newid"));
      return handler.answer(arguments, caller);
    };
  }
}
