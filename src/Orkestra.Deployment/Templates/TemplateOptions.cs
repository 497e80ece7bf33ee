namespace Orkestra.Deployment.Templates;

/// <summary>How workflows are deployed by a template, as far as their program does not say it.</summary>
internal sealed record TemplateOptions
{
    /// <summary>The memory in MiB of functions whose steps say none.</summary>
    public int Memory { get; init; } = FunctionDefaults.Memory;

    /// <summary>The timeout of functions whose steps don't set one, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = FunctionDefaults.TimeoutSeconds;

    /// <summary>The number of days to keep logs.</summary>
    public int LogDays { get; init; } = FunctionDefaults.LogDays;

    /// <summary>Switches logs, metrics and traces on or off; null for what each workflow says.</summary>
    public bool? Observability { get; init; }

    /// <summary>Whether published versions of functions are called, so that a running execution ends with the functions it started with.</summary>
    public bool Versions { get; init; } = true;

    /// <summary>The name of an alias on a published version of each state machine that is not inside another; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>The names of the workflows that are Express; all others are Standard.</summary>
    public IReadOnlyCollection<string> Express { get; init; } = [];

    public IReadOnlyList<TemplateSchedule> Schedules { get; init; } = [];

    /// <summary>Where <c>aws cloudformation package</c> finds the package, from the template's folder; null when bucket and key are parameters of the template.</summary>
    public string? CodePath { get; init; }
}
