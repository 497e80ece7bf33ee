using System.Reflection.Metadata;
using System.Text;
using Orkestra.Authoring;
using Orkestra.Deployment.Packaging;

namespace Orkestra.Cdk.Packaging.Fingerprints;

/// <summary>
/// Says of each function whether a change of the program is one of the function: a fingerprint of the code that its step can reach, followed through the compiled assemblies
/// from the step's field and from the program's entry point, with all packages. The composition of the workflow and the code of other steps do not count.
/// </summary>
internal sealed class StepFingerprints
{
    readonly CodeSet set;
    readonly Dictionary<CodeNode, (string Hash, IReadOnlySet<CodeNode> Uses)> nodes = [];

    StepFingerprints(CodeSet set) => this.set = set;

    /// <summary>The fingerprints of a program's functions; null when the program does not say what it is built from.</summary>
    public static StepFingerprints? Of(PublishedProgram program)
    {
        var main = program.IsNative ? program.ManagedMain : Path.Combine(program.Folder, program.AssemblyName + ".dll");
        return main is not null && File.Exists(main) && CodeSet.Read(main, program.Folder) is { Main.EntryPoint: not null } set ? new StepFingerprints(set) : null;
    }

    /// <summary>The fingerprint of a step's function; null when its step is in no static field, so that its code cannot be told apart.</summary>
    /// <param name="step">The step.</param>
    /// <param name="workflow">The workflow that the program knows it by; null for a step by its own name.</param>
    /// <param name="more">What else decides what the function does.</param>
    public string? Of(IStep step, Workflow? workflow, string more)
    {
        var assemblies = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && set.Find(assembly.GetName().Name ?? "") is not null);
        if (StepFields.Of(step, assemblies) is not { } field
            || set.Find(field.DeclaringType!.Assembly.GetName().Name!) is not { } assembly
            || assembly.FindType(field.DeclaringType!.FullName!) is not { } holder
            || Field(assembly, holder, field.Name) is not { } code)
            return null;
        var used = new HashSet<CodeNode>();
        Follow([code], used, withSteps: true);
        List<CodeNode> program = [new(set.Main, set.Main.Metadata.GetMethodDefinition(set.Main.EntryPoint!.Value).GetDeclaringType())];
        if (workflow is not null && set.Find(workflow.GetType().Assembly.GetName().Name!) is { } owner && owner.FindType(workflow.GetType().FullName!) is { } type) program.Add(new(owner, type));
        Follow(program, used, withSteps: false);
        var text = new StringBuilder(set.Rest).Append('\n').Append(more);
        foreach (var hash in used.Select(node => nodes[node].Hash).Order(StringComparer.Ordinal)) text.Append('\n').Append(hash);
        return CodeSet.Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    static CodeNode? Field(CodeAssembly assembly, TypeDefinitionHandle holder, string name)
    {
        foreach (var field in assembly.Metadata.GetTypeDefinition(holder).GetFields())
        {
            if (assembly.Metadata.GetString(assembly.Metadata.GetFieldDefinition(field).Name) == name) return new CodeNode(assembly, field);
        }

        return null;
    }

    void Follow(IEnumerable<CodeNode> roots, HashSet<CodeNode> used, bool withSteps)
    {
        var pending = new Stack<CodeNode>(roots.Where(used.Add));
        while (pending.TryPop(out var node))
        {
            foreach (var next in Read(node).Uses)
            {
                // Only the step's own code calls another step; the program and the workflow merely name them.
                var isNamed = next.Handle.Kind == HandleKind.FieldDefinition && next.Assembly.IsStep((FieldDefinitionHandle)next.Handle);
                if (isNamed && (!withSteps || node.Handle.Kind == HandleKind.TypeDefinition)) continue;
                if (used.Add(next)) pending.Push(next);
            }
        }
    }

    (string Hash, IReadOnlySet<CodeNode> Uses) Read(CodeNode node)
    {
        if (nodes.TryGetValue(node, out var known)) return known;
        var text = new CodeText(set, node.Assembly);
        switch (node.Handle.Kind)
        {
            case HandleKind.TypeDefinition:
                text.Type((TypeDefinitionHandle)node.Handle);
                break;
            case HandleKind.MethodDefinition:
                text.Method((MethodDefinitionHandle)node.Handle);
                break;
            default:
                text.FieldWithInitializer((FieldDefinitionHandle)node.Handle);
                break;
        }

        return nodes[node] = (CodeSet.Hash(Encoding.UTF8.GetBytes(text.Text)), text.Uses);
    }
}
