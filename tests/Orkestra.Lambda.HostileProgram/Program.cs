using Orkestra.Lambda;
using Orkestra.Lambda.HostileProgram;

return await OrkestraLambda.RunAsync(options => options.Add(Hostile.Hang).Add(Hostile.HangInCallback).Add(Hostile.WaitForToken).Add(Hostile.LeaveThread).Add(Hostile.ThrowElsewhere));
