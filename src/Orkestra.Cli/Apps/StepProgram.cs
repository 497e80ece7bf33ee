using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using Orkestra.Authoring;

namespace Orkestra.Cli.Apps;

/// <summary>
/// The workflows of an assembly. It is loaded from copies in memory into a context of its own, so that it can be rebuilt while it is in use; a rebuilt one is loaded when it is next
/// asked for, and the old context is unloaded once nothing uses it. Safe to use from any thread.
/// </summary>
/// <param name="assembly">The path of the assembly.</param>
internal sealed class StepProgram(string assembly)
{
    static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    // Off in the tool as a single file: a trimmed program lacks what an assembly that it does not know may use.
    [FeatureSwitchDefinition("Orkestra.Cli.LoadsAssemblies")]
    static bool LoadsAssemblies => !AppContext.TryGetSwitch("Orkestra.Cli.LoadsAssemblies", out var isOn) || isOn;

    readonly Lock gate = new();
    Loaded? loaded;
    long looked;

    /// <summary>The workflows, as the assembly is now.</summary>
    /// <exception cref="ToolException">It cannot be loaded, or a workflow cannot be compiled.</exception>
    internal IReadOnlyList<WorkflowDefinition> Workflows
    {
        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where assemblies can be loaded.")]
        get
        {
            if (!LoadsAssemblies)
            {
                throw new ToolException(
                    $"'{assembly}' cannot be loaded: orkestra without .NET carries only the parts of .NET that it uses itself. Use the .NET tool ('dotnet tool install -g Orkestra.Cli'), or serve the program itself with 'dotnet run -- serve'.");
            }

            lock (gate)
            {
                if (loaded is not null && TimeProvider.System.GetElapsedTime(looked) < LookAgain) return loaded.Workflows;
                looked = TimeProvider.System.GetTimestamp();
                var version = File.GetLastWriteTimeUtc(assembly);
                if (loaded is not null && loaded.Version == version) return loaded.Workflows;
                var before = loaded;
                loaded = Load(version);
                before?.Context.Unload();
                return loaded.Workflows;
            }
        }
    }

    /// <summary>Looks at the file at the next use, even if it was looked at just before.</summary>
    internal void LookAtNextUse()
    {
        lock (gate) looked = 0;
    }

    /// <summary>A step, <c>Workflow.Step</c> or <c>Step</c>, with the workflow it belongs to.</summary>
    /// <exception cref="ToolException">The assembly has no such step.</exception>
    internal (WorkflowDefinition Workflow, IStep Step) Find(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        foreach (var workflow in Workflows)
        {
            if (dot >= 0 && workflow.Workflow.Name != name[..dot]) continue;
            if (workflow.FindStep(name[(dot + 1)..]) is { } step) return (workflow, step);
        }

        throw new ToolException($"The assembly '{assembly}' has no step '{name}'.");
    }

    [RequiresUnreferencedCode("The types of the assembly and what they use are found by reflection.")]
    Loaded Load(DateTime version)
    {
        var context = new ProgramContext(assembly);
        try
        {
            var found = context.LoadCopy(assembly).GetTypes()
                .Where(type => type is { IsAbstract: false, ContainsGenericParameters: false } && type.IsSubclassOf(typeof(Workflow)) && type.GetConstructor(Type.EmptyTypes) is not null)
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .Select(type => ((Workflow)Activator.CreateInstance(type)!).Compile())
                .ToArray();
            return new Loaded(context, version, found);
        }
        catch (Exception problem) when (problem is BadImageFormatException or IOException or UnauthorizedAccessException or ReflectionTypeLoadException or TypeLoadException or WorkflowException or TargetInvocationException)
        {
            context.Unload();
            var reason = problem is TargetInvocationException { InnerException: { } inner } ? inner.Message : problem.Message;
            throw new ToolException($"The workflows of '{assembly}' cannot be loaded: {reason}");
        }
    }

    sealed record Loaded(ProgramContext Context, DateTime Version, IReadOnlyList<WorkflowDefinition> Workflows);

    sealed class ProgramContext(string assembly) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(assembly), isCollectible: true)
    {
        readonly AssemblyDependencyResolver resolver = new(assembly);

        [RequiresUnreferencedCode("What the assembly uses may be missing.")]
        internal Assembly LoadCopy(string path)
        {
            using var code = new MemoryStream(File.ReadAllBytes(path));
            var symbols = Path.ChangeExtension(path, ".pdb");
            if (!File.Exists(symbols)) return LoadFromStream(code);
            using var debug = new MemoryStream(File.ReadAllBytes(symbols));
            return LoadFromStream(code, debug);
        }

        // Types that the tool and the program exchange are the tool's own.
        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where assemblies can be loaded.")]
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (IsShared(assemblyName.Name ?? "") && Default.Assemblies.Concat(AppDomain.CurrentDomain.GetAssemblies()).Any(known => known.GetName().Name == assemblyName.Name)) return null;
            if (IsShared(assemblyName.Name ?? "") && File.Exists(Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll"))) return null;
            return resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadCopy(path) : null;
        }

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

        static bool IsShared(string name) => name.StartsWith("Orkestra", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);
    }
}
