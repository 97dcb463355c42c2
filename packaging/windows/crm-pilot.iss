; Inno Setup 6: the installer of CRM Pilot for Windows, for one person, without administrator rights.
; After `python run.py package`:  iscc /DVersion=0.1.0 packaging\windows\crm-pilot.iss
; Never run so far: see docs/packaging.md.

#ifndef Version
  #error Say which version: iscc /DVersion=0.1.0 packaging\windows\crm-pilot.iss
#endif

[Setup]
; The identity of the program for updates and removal; it never changes.
AppId={{6F0C4E52-6A0B-4C6E-9D5B-2B0A4B9F3C71}
AppName=CRM Pilot
AppVersion={#Version}
AppPublisher=CRM Pilot contributors
VersionInfoVersion={#Version}
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=
DefaultDirName={localappdata}\Programs\CRM Pilot
DisableProgramGroupPage=yes
DisableDirPage=auto
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\icons\app.ico
UninstallDisplayIcon={app}\crm-pilot.exe
OutputDir=..\..\dist
OutputBaseFilename=crm-pilot-{#Version}-windows
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
; A running program is asked to close; it asks about unsaved edits as always.
CloseApplications=yes
RestartApplications=no

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[CustomMessages]
en.Project=CRM Pilot project
fr.Project=Projet CRM Pilot
en.Desktop=Create a desktop icon
fr.Desktop=Créer une icône sur le bureau

[Tasks]
Name: "desktop"; Description: "{cm:Desktop}"; Flags: unchecked

[InstallDelete]
; Modules of an older version must not stay beside those of a newer one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\crm-pilot\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{userprograms}\CRM Pilot"; Filename: "{app}\crm-pilot.exe"
Name: "{userdesktop}\CRM Pilot"; Filename: "{app}\crm-pilot.exe"; Tasks: desktop

[Registry]
; The file type .crmp of this person alone.
Root: HKCU; Subkey: "Software\Classes\.crmp\OpenWithProgids"; ValueType: string; ValueName: "CRMPilot.Project"; ValueData: ""; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\.crmp"; ValueType: string; ValueName: ""; ValueData: "CRMPilot.Project"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\.crmp"; ValueType: string; ValueName: "Content Type"; ValueData: "application/x-crm-pilot"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\CRMPilot.Project"; ValueType: string; ValueName: ""; ValueData: "{cm:Project}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\CRMPilot.Project\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\_internal\document.ico"
Root: HKCU; Subkey: "Software\Classes\CRMPilot.Project\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\crm-pilot.exe"" ""%1"""

[Run]
Filename: "{app}\crm-pilot.exe"; Description: "{cm:LaunchProgram,CRM Pilot}"; Flags: nowait postinstall skipifsilent
