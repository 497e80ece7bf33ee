using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Orkestra.Authoring;

namespace Orkestra.Lambda;

/// <summary>Finds the workflows of an assembly.</summary>
public static class WorkflowSearch
{
    /// <summary>
    /// The workflows of an assembly that can be made without arguments, in the order of their names. There are none in a trimmed program: trimming removes those that no
    /// code names, so that such a program has to name all of its workflows.
    /// </summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="known">Types that are left out.</param>
    public static IEnumerable<Workflow> In(Assembly assembly, IReadOnlySet<Type> known)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(known);
        return JsonSerializer.IsReflectionEnabledByDefault && RuntimeFeature.IsDynamicCodeSupported ? Find(assembly, known) : [];
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where the program is not trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "Only where the program is not trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Only where the program is not trimmed.")]
    static IEnumerable<Workflow> Find(Assembly assembly, IReadOnlySet<Type> known) => assembly
        .GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Workflow)) && !type.IsAbstract && !type.ContainsGenericParameters && type.GetConstructor(Type.EmptyTypes) is not null && !known.Contains(type))
        .OrderBy(static type => type.FullName, StringComparer.Ordinal)
        .Select(static type => (Workflow)Activator.CreateInstance(type)!);
}
