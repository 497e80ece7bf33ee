using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;
using Orkestra.Local;

namespace Orkestra.Cli.Apps;

/// <summary>
/// What <c>orkestra local</c> was told to serve: definitions, templates, cloud assemblies and .NET assemblies. Each is loaded when the server has started, and again when its files
/// change.
/// </summary>
internal sealed class ServedTargets(IReadOnlyList<string> targets, bool isExpress, string accountId, string region, AppInvoker invoker, ToolStreams streams)
{
    const string Role = "arn:aws:iam::000000000000:role/orkestra";

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    readonly TemplateReader templates = new(accountId, region);
    readonly Dictionary<string, AppModel> models = new(StringComparer.Ordinal);
    // What a target reads besides its own files.
    readonly Dictionary<string, string[]> definitions = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> loaded = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> seen = new(StringComparer.Ordinal);

    /// <summary>Reads all targets and wires their functions: before the server starts, because executions that it resumes may call them.</summary>
    /// <exception cref="ToolException">A target cannot be read.</exception>
    internal void Read()
    {
        foreach (var target in targets)
        {
            // Before it is read: what changes meanwhile is read again.
            var stamp = StampOf(FilesOf(target));
            models[target] = ReadAndWire(target);
            seen[target] = $"{stamp} {StampOf(definitions[target])}";
        }
    }

    /// <summary>Creates what was read, or updates it.</summary>
    /// <exception cref="ToolException">The service refuses a part of it.</exception>
    internal async Task LoadAsync(ServedHost host)
    {
        foreach (var model in models.Values) await LoadAsync(host.Service, model).ConfigureAwait(false);
        await LoadSchedulesAsync(host).ConfigureAwait(false);
    }

    /// <summary>Loads targets again when their files change, until it is told to stop. A target that cannot be loaded is reported, and stays as it was.</summary>
    internal async Task WatchAsync(ServedHost host, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            foreach (var target in targets)
            {
                var stamp = $"{StampOf(FilesOf(target))} {StampOf(definitions[target])}";
                if (stamp == seen[target]) continue;
                seen[target] = stamp;
                try
                {
                    var model = ReadAndWire(target);
                    await LoadAsync(host.Service, model).ConfigureAwait(false);
                    models[target] = model;
                    await LoadSchedulesAsync(host).ConfigureAwait(false);
                }
                catch (ToolException problem)
                {
                    await streams.Error.WriteLineAsync($"orkestra: {problem.Message}").ConfigureAwait(false);
                }
            }
        }
    }

    async Task LoadSchedulesAsync(ServedHost host)
    {
        foreach (var problem in host.Load([.. models.Values.SelectMany(model => model.Schedules)])) await streams.Error.WriteLineAsync($"orkestra: {problem}").ConfigureAwait(false);
    }

    AppModel ReadAndWire(string target)
    {
        var app = Read(target);
        foreach (var (name, function) in app.Functions) invoker.Add(name, function);
        definitions[target] = [.. app.Machines.Select(machine => machine.DefinitionFile).OfType<string>()];
        return app;
    }

    async Task LoadAsync(StepFunctionsService service, AppModel app)
    {
        foreach (var activity in app.Activities) await service.CallAsync("CreateActivity", JsonObject.Create(("name", activity))).ConfigureAwait(false);
        foreach (var machine in app.Machines) await LoadAsync(service, machine).ConfigureAwait(false);
    }

    AppModel Read(string target)
    {
        if (Directory.Exists(target))
        {
            return CdkOutput.IsAt(target) ? templates.Read([.. CdkOutput.Templates(target)])
                : throw new ToolException($"'{target}' is not a cloud assembly: it has no manifest.json. Name the folder that 'cdk synth' writes, a template, a definition or an assembly.");
        }

        if (Path.GetExtension(target) == ".dll") return OfAssembly(target);
        if (Path.GetExtension(target) is ".yaml" or ".yml")
        {
            var content = StructuredFile.Read(target);
            return TemplateReader.IsTemplate(content) ? templates.Read([(target, new Dictionary<string, string>())]) : Of(Named(target), content.ToJson(), target);
        }

        var text = ToolInput.Text(target, streams);
        return IsTemplate(text) ? templates.Read([(target, new Dictionary<string, string>())]) : Of(Named(target), text, target);
    }

    AppModel OfAssembly(string assembly)
    {
        if (!File.Exists(assembly)) throw new ToolException($"There is no file '{assembly}'.");
        var program = invoker.ProgramOf(assembly);
        program.LookAtNextUse();
        var workflows = program.Workflows;
        if (workflows.Count == 0) throw new ToolException($"The assembly '{assembly}' has no workflow: no public or internal class that derives from Workflow and has a constructor without parameters.");
        var functions = new Dictionary<string, AppFunction>(StringComparer.Ordinal);
        var machines = new List<AppMachine>();
        foreach (var workflow in workflows)
        {
            var definition = AslWriter.Write(workflow.Document);
            foreach (var step in workflow.Steps.Keys)
            {
                // Two workflows may have steps of the same name.
                var function = $"{workflow.Workflow.Name}-{step}";
                functions[function] = new AppFunction(assembly, $"{workflow.Workflow.Name}.{step}");
                definition = definition.Replace($"${{{step}}}", function, StringComparison.Ordinal);
            }

            machines.Add(new AppMachine(workflow.Workflow.Name, definition, StateMachineType.Standard, assembly));
        }

        return new AppModel(machines, [], functions, []);
    }

    AppModel Of(string name, string definition, string target) =>
        new([new AppMachine(name, definition, isExpress ? StateMachineType.Express : StateMachineType.Standard, target)], [], new Dictionary<string, AppFunction>(), []);

    // A state machine that is there already is updated, so that a server with data can be started with the same targets again.
    async Task LoadAsync(StepFunctionsService service, AppMachine machine)
    {
        if (loaded.GetValueOrDefault(machine.Name) == machine.Definition) return;
        try
        {
            try
            {
                await service.CallAsync("CreateStateMachine", JsonObject.Create(
                    ("name", machine.Name), ("definition", machine.Definition), ("roleArn", Role), ("type", machine.Type == StateMachineType.Express ? "EXPRESS" : "STANDARD"))).ConfigureAwait(false);
            }
            catch (ServiceException exists) when (exists.Code == "StateMachineAlreadyExists")
            {
                await service.CallAsync("UpdateStateMachine", JsonObject.Create(
                    ("stateMachineArn", $"arn:aws:states:{region}:{accountId}:stateMachine:{machine.Name}"), ("definition", machine.Definition))).ConfigureAwait(false);
            }
        }
        catch (ServiceException refusal)
        {
            throw new ToolException($"'{machine.Name}' of '{machine.Source}' is refused. {refusal.Code}: {refusal.Message}");
        }

        loaded[machine.Name] = machine.Definition;
    }

    static bool IsTemplate(string text)
    {
        try
        {
            return TemplateReader.IsTemplate(JsonValue.Parse(text));
        }
        catch (JsonFormatException)
        {
            // The service says what is wrong with a definition.
            return false;
        }
    }

    static string Named(string file) => Path.GetFileName(file).Split('.')[0];

    static IEnumerable<string> FilesOf(string target) => Directory.Exists(target) ? Directory.EnumerateFiles(target, "*.json").Order(StringComparer.Ordinal) : [target];

    // Changes whenever one of the files does.
    static string StampOf(IEnumerable<string> files) => string.Join('|', files.Select(file => File.GetLastWriteTimeUtc(file).Ticks));
}
