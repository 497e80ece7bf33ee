using System.Reflection;
using System.Text.Json;
using Orkestra.Authoring;
using Orkestra.Authoring.Functions;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Lambda;

/// <summary>The steps of a program, from which the function's settings pick one.</summary>
internal sealed class FunctionCatalog
{
    readonly List<Source> _sources = [];
    readonly List<Assembly> _others = [];

    public void Add(Workflow workflow, JsonSerializerOptions? options) => _sources.Add(new(workflow, options));

    /// <summary>Adds all other workflows of an assembly. They are looked for when a step is in none of those that were added by name, and never in a trimmed program.</summary>
    public void AddOthers(Assembly assembly)
    {
        if (!_others.Contains(assembly))
            _others.Add(assembly);
    }

    public void Add(IStep step, JsonSerializerOptions? options) => _sources.Add(new(step, options));

    /// <summary>Whether a workflow asks for observability itself.</summary>
    public bool IsObserved => _sources.Exists(static source => source.Workflow?.Observability == true);

    /// <summary>Finds the step that the settings name.</summary>
    /// <exception cref="StartException">They name none, or more than one.</exception>
    public FunctionStep Find(LambdaEnvironment environment)
    {
        if (_sources.Count + _others.Count == 0)
            throw new StartException("Runtime.HandlerNotFound", "The program has no workflow and no step to run: pass them to OrkestraLambda.RunAsync.");
        var setting = environment[FunctionVariables.Step];
        var (where, name) = setting is not null ? (FunctionVariables.Step, setting) : ("handler", environment.Handler);
        if (name is null)
            throw new StartException("Runtime.HandlerNotFound", $"The function has no handler: set it to the name of a step, one of {Names()}.");

        // "Assembly::Step" is how the managed runtime's own tools write a handler.
        var wanted = name[(name.LastIndexOf("::", StringComparison.Ordinal) is var colons and >= 0 ? colons + 2 : 0)..];
        var dot = wanted.LastIndexOf('.');
        var (workflow, step) = dot < 0 ? (null, wanted) : (wanted[..dot], wanted[(dot + 1)..]);
        var found = Entries(_sources, workflow, step);
        if (found.Count == 0)
            found = Entries(Further(), workflow, step);
        if (found.Count > 1 && found.Skip(1).Any(other => !other.IsSameFunctionAs(found[0])))
            throw new StartException("Runtime.HandlerNotFound", Ambiguous(where, name, step, found));
        if (found.Count > 0)
        {
            // Reflection finds any type; a source-generated context knows only the listed ones, and a missing one is reported now instead of with the first payload.
            if (!JsonSerializer.IsReflectionEnabledByDefault)
                found[0].CheckPayloads();
            return found[0];
        }

        throw new StartException("Runtime.HandlerNotFound", $"The {where} '{name}' names no step of this program: it has {Names()}.");
    }

    /// <summary>All functions of the program, for those who deploy it; what keeps one from starting is said with it.</summary>
    public IEnumerable<ManifestEntry> Describe()
    {
        List<(Source Source, IReadOnlyList<FunctionStep> Steps)> opened = [];
        foreach (var source in _sources.Concat(Further()))
        {
            IReadOnlyList<FunctionStep> steps = [];
            string? failure = null;
            try
            {
                steps = source.Open();
            }
#pragma warning disable CA1031 // Whatever the workflow's own code throws is what its functions cannot start with.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception is WorkflowException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
            }

            if (failure is not null)
                yield return new(source.Name, null, null, failure);
            opened.Add((source, steps));
        }

        foreach (var (source, steps) in opened)
        {
            foreach (var step in steps)
                yield return new(source.Name, step.Step.FunctionName, step.Step, Problem(step) ?? Clash(source, step));
        }

        // A function is told a name of a workflow and one of a step.
        string? Clash(Source source, FunctionStep step)
        {
            var other = opened.Find(other => other.Source != source && other.Source.Name is { } name && name == source.Name
                && other.Steps.Any(found => found.IsNamed(step.Step.FunctionName) && !found.IsSameFunctionAs(step))).Source;
            return other is null ? null
                : $"The workflows {source.Workflow!.GetType().FullName} and {other.Workflow!.GetType().FullName} both have the name '{source.Name}' and a step '{step.Step.FunctionName}': override Name in one of them.";
        }
    }

    static string Ambiguous(string where, string name, string step, List<FunctionStep> found)
    {
        var haveOneName = found.Select(static entry => entry.Workflow?.Name).Distinct().Count() < found.Count;
        var workflows = found.Select(entry => (haveOneName ? entry.Workflow?.GetType().FullName : entry.Workflow?.Name) ?? "no workflow");
        var fix = haveOneName ? "override Name in one of them" : $"put the workflow's name before it, as in '{found[0].Workflow?.Name}.{step}'";
        return $"The {where} '{name}' names a step of each of {string.Join(" and ", workflows)}: {fix}.";
    }

    static string? Problem(FunctionStep step)
    {
        if (JsonSerializer.IsReflectionEnabledByDefault)
            return null;
        try
        {
            step.CheckPayloads();
            return null;
        }
        catch (WorkflowException exception)
        {
            return exception.Message;
        }
    }

    static List<FunctionStep> Entries(IEnumerable<Source> sources, string? workflow, string step)
    {
        List<FunctionStep> found = [];
        foreach (var source in sources)
        {
            if ((workflow is null || source.Name == workflow) && source.Find(step) is { } entry)
                found.Add(entry);
        }

        return found;
    }

    // The workflows that those of the program start, which trimming cannot remove, and then all others.
    IEnumerable<Source> Further()
    {
        var known = _sources.Select(static source => source.Workflow?.GetType()).OfType<Type>().ToHashSet();
        List<Source> started = [.. _sources.SelectMany(static source => source.Started()).Where(source => known.Add(source.Workflow!.GetType()))];
        return started.Concat(_others.SelectMany(assembly => WorkflowSearch.In(assembly, known)).Select(static workflow => new Source(workflow, null)));
    }

    string Names()
    {
        const int most = 20;
        List<string> names = [.. _sources.SelectMany(source => source.Open().Select(step => _sources.Count > 1 && source.Name is not null ? $"{source.Name}.{step.Step.FunctionName}" : step.Step.FunctionName))];
        return names.Count <= most ? string.Join(", ", names) : $"{string.Join(", ", names.Take(most))} and {names.Count - most} more";
    }

    /// <summary>A workflow, or a step that belongs to none.</summary>
    sealed class Source
    {
        readonly IStep? _step;
        readonly JsonSerializerOptions? _options;

        public Source(Workflow workflow, JsonSerializerOptions? options)
        {
            Workflow = workflow;
            _options = options;
        }

        public Source(IStep step, JsonSerializerOptions? options)
        {
            _step = step;
            _options = options;
        }

        public Workflow? Workflow { get; }

        public string? Name => Workflow?.Name;

        /// <summary>All its steps.</summary>
        public IReadOnlyList<FunctionStep> Open() => Workflow is null ? [new(_step!, _options)] : FunctionStep.All(Workflow, _options);

        /// <summary>The workflows that it starts.</summary>
        public IEnumerable<Source> Started()
        {
            if (Workflow is null)
                return [];
            try
            {
                return FunctionStep.StartedBy(Workflow).Select(started => new Source(started, _options));
            }
#pragma warning disable CA1031 // Whatever the workflow's own code throws is told where its own steps are looked for.
            catch (Exception)
#pragma warning restore CA1031
            {
                return [];
            }
        }

        /// <summary>Finds a step by name; null if the source has no such step.</summary>
        public FunctionStep? Find(string name)
        {
            if (Workflow is not null)
                return FunctionStep.Find(Workflow, name, _options);
            var own = new FunctionStep(_step!, _options);
            return own.IsNamed(name) ? own : null;
        }
    }
}
