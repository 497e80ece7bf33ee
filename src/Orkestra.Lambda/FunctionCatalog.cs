using System.Reflection;
using System.Text.Json;
using Orkestra.Authoring;
using Orkestra.Authoring.Compilation;
using Orkestra.Authoring.Payloads;
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
    public Entry Find(LambdaEnvironment environment)
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
            found = Entries(Others(), workflow, step);
        if (found.Count > 1 && found.Skip(1).Any(other => !other.Step.SameFunctionAs(found[0].Step)))
            throw new StartException("Runtime.HandlerNotFound", $"The {where} '{name}' names a step of each of {string.Join(" and ", found.Select(entry => entry.Workflow?.Name ?? "no workflow"))}: put the workflow's name before it, as in '{found[0].Workflow?.Name}.{step}'.");
        if (found.Count > 0)
        {
            // Reflection finds any type; a source-generated context knows only the listed ones, and a missing one is reported now instead of with the first payload.
            if (!JsonSerializer.IsReflectionEnabledByDefault)
                found[0].Check();
            return found[0];
        }

        throw new StartException("Runtime.HandlerNotFound", $"The {where} '{name}' names no step of this program: it has {Names()}.");
    }

    /// <summary>All functions of the program, for those who deploy it; what keeps one from starting is said with it.</summary>
    public IEnumerable<ManifestEntry> Describe()
    {
        foreach (var source in _sources.Concat(Others()))
        {
            Dictionary<string, IStep> steps = [];
            PayloadSerializer? serializer = null;
            string? failure = null;
            try
            {
                (steps, serializer) = source.Open();
            }
#pragma warning disable CA1031 // Whatever the workflow's own code throws is what its functions cannot start with.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception is WorkflowException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
            }

            if (failure is not null)
                yield return new(source.Name, null, null, failure);
            foreach (var (name, step) in steps)
                yield return new(source.Name, name, step, Problem(step, serializer!));
        }
    }

    static string? Problem(IStep step, PayloadSerializer serializer)
    {
        if (JsonSerializer.IsReflectionEnabledByDefault)
            return null;
        try
        {
            PayloadContract.Check(step, serializer);
            return null;
        }
        catch (WorkflowException exception)
        {
            return exception.Message;
        }
    }

    static List<Entry> Entries(IEnumerable<Source> sources, string? workflow, string step)
    {
        List<Entry> found = [];
        foreach (var source in sources)
        {
            if ((workflow is null || source.Name == workflow) && source.Find(step) is { } entry)
                found.Add(entry);
        }

        return found;
    }

    IEnumerable<Source> Others()
    {
        var known = _sources.Select(static source => source.Workflow?.GetType()).OfType<Type>().ToHashSet();
        return _others.SelectMany(assembly => WorkflowSearch.In(assembly, known)).Select(static workflow => new Source(workflow, null));
    }

    string Names()
    {
        const int most = 20;
        List<string> names = [.. _sources.SelectMany(source => source.Open().Steps.Keys.Select(step => _sources.Count > 1 && source.Name is not null ? $"{source.Name}.{step}" : step))];
        return names.Count <= most ? string.Join(", ", names) : $"{string.Join(", ", names.Take(most))} and {names.Count - most} more";
    }

    /// <summary>A step with how its payloads are read, and the workflow it belongs to, if it does.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Serializer">How its payloads are read.</param>
    /// <param name="Workflow">The workflow; null for a step of its own.</param>
    /// <param name="IsPartial">Whether a part of the workflow was left unread, in which the step is not.</param>
    internal sealed record Entry(IStep Step, PayloadSerializer Serializer, Workflow? Workflow, bool IsPartial)
    {
        /// <summary>Refuses payloads that have no JSON form.</summary>
        /// <exception cref="WorkflowException">One has none.</exception>
        public void Check()
        {
            try
            {
                PayloadContract.Check(Step, Serializer);
            }
            catch (WorkflowException) when (IsPartial)
            {
                // Composing all of it makes further types known.
                Workflow!.DefineNode();
                PayloadContract.Check(Step, Serializer);
            }
        }

        /// <summary>How the step's exceptions are named. The workflow says it, and is asked when the first one is to be named.</summary>
        public ExceptionNames Exceptions()
        {
            try
            {
                return Workflow is null ? ExceptionNames.None : ExceptionNames.Of(Workflow.DefineNode(), Serializer);
            }
#pragma warning disable CA1031 // What the workflow's own code throws now must not hide what the step threw.
            catch (Exception)
#pragma warning restore CA1031
            {
                return ExceptionNames.None;
            }
        }
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

        /// <summary>All its steps, by the names of their functions.</summary>
        public (Dictionary<string, IStep> Steps, PayloadSerializer Serializer) Open() =>
            (Workflow is null ? new() { [_step!.FunctionName] = _step! } : StepNames.Collect(Workflow.DefineNode()), MakeSerializer());

        /// <summary>Finds the step with a name; null if there is none.</summary>
        public Entry? Find(string name)
        {
            var isPartial = false;
            var step = Workflow is not null ? StepSearch.Find(Workflow, name, out isPartial) : StepSearch.IsNamed(_step!, name) ? _step : null;
            return step is null ? null : new(step, MakeSerializer(), Workflow, isPartial);
        }

        PayloadSerializer MakeSerializer() => _options is not null ? new(_options) : Workflow?.MakeSerializer() ?? PayloadSerializer.Default;
    }
}
